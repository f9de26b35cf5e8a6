// Command pgx is pgx as an agent: it answers requests, one line of JSON each, of the shape that agent.ts sends.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"runtime/debug"

	"github.com/jackc/pgx/v5/pgconn"
)

type address struct {
	Host, User, Database, Password string
	Port                           uint16
	Settings                       map[string]string
}

type request struct {
	Ask        string
	Connection int
	Address    address
	Way        string
	SQL        string
	Echoing    string
	Mode       string
	Parameters []parameter
	Lists      [][]parameter
	Table      string
	Columns    []string
	Format     string
	Data       []byte
}

type answer struct {
	Version string       `json:"version,omitempty"`
	Value   any          `json:"value,omitempty"`
	Error   *serverError `json:"error,omitempty"`
	Failure string       `json:"failure,omitempty"`
}

type serverError struct {
	SQLState string `json:"sqlstate"`
	Message  string `json:"message"`
}

func main() {
	requests := json.NewDecoder(bufio.NewReader(os.Stdin))
	answers := json.NewEncoder(os.Stdout)
	write := func(answered answer) {
		if err := answers.Encode(answered); err != nil {
			panic(err)
		}
	}
	write(answer{Version: version()})
	connections := map[int]*connection{}
	for {
		var asked request
		if err := requests.Decode(&asked); err != nil {
			return
		}
		value, err := perform(connections, asked)
		write(answerOf(value, err))
	}
}

func perform(connections map[int]*connection, asked request) (any, error) {
	if asked.Ask == "connect" {
		connected, err := connect(asked.Address, asked.Way)
		connections[asked.Connection] = connected
		return nil, err
	}
	return connections[asked.Connection].perform(asked)
}

func answerOf(value any, err error) answer {
	var fromServer *pgconn.PgError
	switch {
	case errors.As(err, &fromServer):
		return answer{Error: &serverError{fromServer.Code, fromServer.Message}}
	case err != nil:
		return answer{Failure: err.Error()}
	default:
		return answer{Value: value}
	}
}

func version() string {
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		if module.Path == "github.com/jackc/pgx/v5" {
			return "pgx " + module.Version[1:]
		}
	}
	return "pgx"
}
