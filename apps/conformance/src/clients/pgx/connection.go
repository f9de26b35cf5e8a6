package main

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"
)

// connection is one session; running is the statement that was started last.
type connection struct {
	*pgx.Conn
	running *running
}

// running is a statement whose answer is waited for elsewhere.
type running struct {
	cancel context.CancelFunc
	done   chan struct{}
	value  result
	err    error
}

var background = context.Background()

func connect(to address, way string) (*connection, error) {
	// The last of two settings with one name counts.
	settings := fmt.Sprintf("host='%s' port=%d sslmode=disable connect_timeout=10", to.Host, to.Port)
	for name, value := range to.Settings {
		settings += fmt.Sprintf(" %s='%s'", name, value)
	}
	config, err := pgx.ParseConfig(settings)
	if err != nil {
		return nil, err
	}
	config.User, config.Password, config.Database = to.User, to.Password, to.Database
	// A context that ends asks the server to cancel; by default pgx gives up the connection.
	config.BuildContextWatcherHandler = func(conn *pgconn.PgConn) ctxwatch.Handler {
		return &pgconn.CancelRequestContextWatcherHandler{Conn: conn, DeadlineDelay: 10 * time.Second}
	}
	if way != "" {
		config.DefaultQueryExecMode = execModes[way]
	}
	connected, err := pgx.ConnectConfig(background, config)
	return &connection{Conn: connected}, err
}

// execModes are the ways of asking, by the names that a connection string has for them.
var execModes = map[string]pgx.QueryExecMode{
	"default_query_exec_mode=cache_describe":  pgx.QueryExecModeCacheDescribe,
	"default_query_exec_mode=describe_exec":   pgx.QueryExecModeDescribeExec,
	"default_query_exec_mode=exec":            pgx.QueryExecModeExec,
	"default_query_exec_mode=simple_protocol": pgx.QueryExecModeSimpleProtocol,
}

func (c *connection) perform(asked request) (any, error) {
	switch asked.Ask {
	case "query":
		values, err := arguments(asked.Mode, asked.Parameters)
		if err != nil {
			return nil, err
		}
		return c.query(background, asked.SQL, values)
	case "script":
		return c.script(asked.SQL)
	case "batch":
		return nil, c.batch(asked.SQL, asked.Lists)
	case "copyOut":
		var output bytes.Buffer
		_, err := c.PgConn().CopyTo(background, &output, fmt.Sprintf("COPY (%s) TO STDOUT (FORMAT %s)", asked.SQL, asked.Format))
		return output.Bytes(), err
	case "copyIn":
		target := fmt.Sprintf("%s (%s)", asked.Table, strings.Join(asked.Columns, ", "))
		sql := fmt.Sprintf("COPY %s FROM STDIN (FORMAT %s)", target, asked.Format)
		tag, err := c.PgConn().CopyFrom(background, bytes.NewReader(asked.Data), sql)
		return tag.String(), err
	case "copyRows":
		rows, err := valueLists(asked.Lists)
		if err != nil {
			return nil, err
		}
		_, err = c.CopyFrom(background, pgx.Identifier{asked.Table}, asked.Columns, pgx.CopyFromRows(rows))
		return nil, err
	case "echo":
		return c.echo(asked.SQL, asked.Echoing)
	case "copyEcho":
		rows, err := c.values(asked.SQL)
		if err != nil {
			return nil, err
		}
		_, err = c.CopyFrom(background, pgx.Identifier{asked.Table}, asked.Columns, pgx.CopyFromRows(rows))
		return nil, err
	case "start":
		c.start(asked.SQL)
		return nil, nil
	case "cancel":
		c.running.cancel()
		return nil, nil
	case "result":
		<-c.running.done
		return c.running.value, c.running.err
	case "close":
		return nil, c.Close(background)
	default:
		return nil, fmt.Errorf("not a request: %s", asked.Ask)
	}
}

func (c *connection) query(ctx context.Context, sql string, values []any) (result, error) {
	rows, err := c.Query(ctx, sql, values...)
	if err != nil {
		return result{}, err
	}
	defer rows.Close()
	seen := result{Columns: columnsOf(rows.FieldDescriptions()), Rows: [][]string{}}
	for rows.Next() {
		values, err := rows.Values()
		if err != nil {
			return result{}, err
		}
		seen.Rows = append(seen.Rows, shown(values))
	}
	// Without rows they are known only when all of the answer is there.
	seen.Columns = columnsOf(rows.FieldDescriptions())
	seen.Tag = rows.CommandTag().String()
	return seen, rows.Err()
}

func (c *connection) script(sql string) ([]result, error) {
	answered, err := c.PgConn().Exec(background, sql).ReadAll()
	results := []result{}
	for _, each := range answered {
		seen := result{Columns: columnsOf(each.FieldDescriptions), Rows: [][]string{}, Tag: each.CommandTag.String()}
		for _, row := range each.Rows {
			seen.Rows = append(seen.Rows, shownTexts(row))
		}
		results = append(results, seen)
	}
	return results, err
}

func (c *connection) batch(sql string, lists [][]parameter) error {
	rows, err := valueLists(lists)
	if err != nil {
		return err
	}
	batch := &pgx.Batch{}
	for _, values := range rows {
		batch.Queue(sql, values...)
	}
	return c.SendBatch(background, batch).Close()
}

// values gives the rows of a result, each type in the format that pgx prefers.
func (c *connection) values(sql string) ([][]any, error) {
	rows, err := c.Query(background, sql)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) ([]any, error) { return row.Values() })
}

func (c *connection) echo(sql, echoing string) ([][][]string, error) {
	rows, err := c.values(sql)
	echoes := [][][]string{}
	for _, values := range rows {
		echoed, err := c.query(background, echoing, values)
		if err != nil {
			return nil, err
		}
		echoes = append(echoes, echoed.Rows)
	}
	return echoes, err
}

func (c *connection) start(sql string) {
	ctx, cancel := context.WithCancel(background)
	started := &running{cancel: cancel, done: make(chan struct{})}
	c.running = started
	go func() {
		defer close(started.done)
		started.value, started.err = c.query(ctx, sql, nil)
	}()
}
