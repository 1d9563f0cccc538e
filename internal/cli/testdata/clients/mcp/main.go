// Command mcp is an assistant with a configuration file: it starts one MCP server
// of the file as assistants do, calls tools and prints the results. The calls are
// a JSON list on standard input, one after the other:
//
//	mcp FILE SERVER <<<'[{"name": "TOOL", "arguments": {…}}]'
//
// After the last result it waits for the end of standard input.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

func main() {
	text, err := os.ReadFile(os.Args[1])
	check(err)
	var config struct {
		Servers map[string]struct {
			Command string
			Args    []string
		} `json:"mcpServers"`
	}
	check(json.Unmarshal(text, &config))
	server := config.Servers[os.Args[2]]
	cmd := exec.Command(server.Command, server.Args...)
	cmd.Stderr = os.Stderr

	ctx := context.Background()
	client := mcp.NewClient(&mcp.Implementation{Name: "assistant", Version: "1"}, nil)
	session, err := client.Connect(ctx, &mcp.CommandTransport{Command: cmd}, nil)
	check(err)
	calls := json.NewDecoder(os.Stdin)
	for {
		var call mcp.CallToolParams
		if err := calls.Decode(&call); err == io.EOF {
			break
		} else {
			check(err)
		}
		result, err := session.CallTool(ctx, &call)
		check(err)
		for _, c := range result.Content {
			if text, ok := c.(*mcp.TextContent); ok {
				line, err := json.Marshal(text.Text)
				check(err)
				fmt.Printf("%s\n", line)
			}
		}
	}
	check(session.Close())
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
