package main

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
)

type parameter struct {
	Type string
	Text *string
}

type column struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

type result struct {
	Columns []column   `json:"columns"`
	Rows    [][]string `json:"rows"`
	Tag     string     `json:"tag"`
}

func columnsOf(fields []pgconn.FieldDescription) []column {
	columns := []column{}
	for _, field := range fields {
		told := fmt.Sprintf("%d %d, format %d", field.DataTypeOID, field.TypeModifier, field.Format)
		columns = append(columns, column{field.Name, told})
	}
	return columns
}

// shown gives texts that show a value's type and all of it.
func shown(values []any) []string {
	texts := make([]string, len(values))
	for index, value := range values {
		switch value := value.(type) {
		case nil:
			texts[index] = "null"
		case string:
			texts[index] = strconv.Quote(value)
		default:
			texts[index] = fmt.Sprintf("%T %v", value, value)
		}
	}
	return texts
}

func shownTexts(row [][]byte) []string {
	values := make([]any, len(row))
	for index, value := range row {
		if value != nil {
			values[index] = string(value)
		}
	}
	return shown(values)
}

// arguments are what a Go program passes beside a statement: how to ask, and the values.
func arguments(mode string, parameters []parameter) ([]any, error) {
	values, err := goValues(parameters)
	switch mode {
	case "simple":
		return append([]any{pgx.QueryExecModeSimpleProtocol}, values...), err
	case "text":
		return append([]any{pgx.QueryResultFormats{pgx.TextFormatCode}}, values...), err
	case "binary":
		return append([]any{pgx.QueryResultFormats{pgx.BinaryFormatCode}}, values...), err
	default:
		return values, err
	}
}

func valueLists(lists [][]parameter) ([][]any, error) {
	rows := [][]any{}
	for _, parameters := range lists {
		values, err := goValues(parameters)
		if err != nil {
			return nil, err
		}
		rows = append(rows, values)
	}
	return rows, nil
}

func goValues(parameters []parameter) ([]any, error) {
	values := []any{}
	for _, parameter := range parameters {
		value, err := goValue(parameter)
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	return values, nil
}

func goValue(described parameter) (any, error) {
	if described.Text == nil {
		return nil, nil
	}
	text := *described.Text
	switch described.Type {
	case "int2":
		value, err := strconv.ParseInt(text, 10, 16)
		return int16(value), err
	case "int4":
		value, err := strconv.ParseInt(text, 10, 32)
		return int32(value), err
	case "int8":
		return strconv.ParseInt(text, 10, 64)
	case "float4":
		value, err := strconv.ParseFloat(text, 32)
		return float32(value), err
	case "float8":
		return strconv.ParseFloat(text, 64)
	case "numeric":
		var value pgtype.Numeric
		err := value.Scan(text)
		return value, err
	case "bool":
		return strconv.ParseBool(text)
	case "bytea":
		return hex.DecodeString(text)
	case "date":
		return time.Parse(time.DateOnly, text)
	case "time":
		var value pgtype.Time
		err := value.Scan(text)
		return value, err
	case "timestamp":
		return time.Parse(time.DateTime, text)
	case "timestamptz":
		return time.Parse("2006-01-02 15:04:05Z07:00", text)
	case "int4[]":
		var value []int32
		err := json.Unmarshal([]byte(text), &value)
		return value, err
	case "text[]":
		var value []string
		err := json.Unmarshal([]byte(text), &value)
		return value, err
	default:
		return text, nil
	}
}
