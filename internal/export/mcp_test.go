package export

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/tailscale/hujson"
)

// configs are configuration files as people have them; SERVERS is the key of the
// assistant's servers.
func configs() map[string]string {
	return map[string]string{
		"empty":               "",
		"blank":               "  \n\n",
		"braces":              "{}",
		"braces on two lines": "{\n}\n",
		"no servers": `{
  "globalShortcut": "Ctrl+Space",
  "scale": 1.0
}
`,
		"no servers, a last comment": "{\n  \"a\": 1 // one\n  // two\n}\n",
		"empty servers":              "{\n  \"SERVERS\": {}\n}\n",
		"one server": `{
  "SERVERS": {
    "github": {
      "command": "npx",
      "args": ["-y", "@modelcontextprotocol/server-github"],
      "env": { "GITHUB_TOKEN": "EXAMPLE" }
    }
  }
}
`,
		"tabs, comments, trailing commas": "// mine\n{\n\t/* servers */\n\t\"SERVERS\": {\n\t\t// files\n\t\t\"files\": {\n\t\t\t\"command\": \"npx\", // a command\n\t\t\t\"args\": [\n\t\t\t\t\"x\",\n\t\t\t],\n\t\t},\n\t\t// off: \"old\": {}\n\t},\n\t\"inputs\": [],\n}\n// end",
		"four blanks":                     "{\n    \"SERVERS\": {\n        \"a\": {\"command\": \"a\"},\n        \"b\": {\"command\": \"b\"} // last\n    },\n    \"z\": null\n}",
		"one line":                        `{"SERVERS":{"a":{"command":"a"}},"x":[1,2,3]}`,
		"one line, no servers":            `{"x": 1e400, "y": 12345678901234567890}`,
		"odd indents":                     "{\n \"SERVERS\":\n   {\n          \"a\" : { \"command\"   : \"a\" }\n   }\n }\n",
		"carriage returns":                "{\r\n  \"SERVERS\": {\r\n    \"a\": {\"command\": \"a\"}\r\n  }\r\n}\r\n",
		"byte order mark":                 "\ufeff{\n  \"SERVERS\": {}\n}\n",
		"Japanese and escapes":            "{\n  \"SERVERS\": {\n    \"\\u0061\": {\"command\": \"日本\\n\"}\n  },\n  \"メモ\": \"//  not a comment\"\n}\n",
		"two levels deep":                 "{\"projects\": {\"/home/x\": {\"SERVERS\": {\"amazon-sp-api\": {\"command\": \"theirs\"}}}},\n \"SERVERS\": {}}\n",
		"all on the braces' lines":        "{ \"SERVERS\": { \"a\": {},\n \"b\": {} } }",
		"a comment behind the last one":   "{\"SERVERS\": {\"a\": {} // one\n}}",
		"the same with a comma":           "{\"SERVERS\": {\"a\": {}, // one\r\n}, // two\r\n}",
		"only a comment":                  "{ // mine\n}",
		"a comment in empty servers":      "{\"SERVERS\": { /* https://example.com */ // off\n}}",
		"a comment before the file":       "/*\n * mine\n */\n\n{ /* a */ \"SERVERS\" /* b */ : /* c */ { /* d */ } /* e */ }",
		"everything odd at once":          "\ufeff\r\n{\r\n\t  \"SERVERS\"\t:\r\n\t{\r\n\r\n\t\t\"a\" : {}\t,\r\n\r\n\t\t// b\r\n\r\n\t}\r\n\t,\r\n}",
		"Claude Desktop's": `{
  "preferences": {
    "coworkScheduledTasksEnabled": false,
    "sidebarMode": "chat"
  },
  "SERVERS": {
    "filesystem": {
      "command": "npx",
      "args": [
        "-y",
        "@modelcontextprotocol/server-filesystem",
        "C:\\Users\\mika\\Documents"
      ]
    }
  }
}`,
		"Claude Code's": `{
  "numStartups": 184,
  "tipsHistory": {"new-user-warmup": 3},
  "projects": {
    "/home/mika/shop": {
      "allowedTools": [],
      "history": [{"display": "why { \"SERVERS\": {} }?", "pastedContents": {}}],
      "SERVERS": {"local": {"type": "stdio", "command": "node", "args": ["server.js"], "env": {}}},
      "lastCost": 0.12345678901234567
    }
  },
  "SERVERS": {
    "docs": {"type": "http", "url": "https://mcp.example.com/mcp"}
  },
  "userID": "EXAMPLE"
}
`,
		"Cursor's": "{\n  \"SERVERS\": {\n    \"web\": {\n      \"url\": \"https://example.com/sse\",\n      \"headers\": { \"API_KEY\": \"${env:KEY}\" }\n    },\n  }\n}\n",
		"VS Code's": `{
	// Use IntelliSense to learn about possible attributes.
	"inputs": [
		{
			"type": "promptString",
			"id": "key",
			"password": true, // asked once
		},
	],
	"SERVERS": {
		"github": {
			"type": "http",
			"url": "https://api.githubcopilot.com/mcp/"
		},
		/* "old": {
			"command": "x"
		}, */
	},
}
`,
		"Kiro's": `{
  "powers": {"SERVERS": {}},
  "SERVERS": {
    "fetch": {
      "command": "uvx",
      "args": ["mcp-server-fetch"],
      "env": {},
      "disabled": true,
      "autoApprove": []
    }
  }
}
`,
	}
}

// amazon is the entry of an account without a name.
func amazon(account string) Server {
	s, _ := AmazonServer([]string{"sellerkey-cli"}, account, "")
	return s
}

func TestAssistantsKeepEverythingElse(t *testing.T) {
	files := 0
	for _, a := range Assistants() {
		for name, text := range configs() {
			files++
			before := []byte(strings.ReplaceAll(text, "SERVERS", a.key))
			server := amazon("Shop \"1\" & <店>")
			after, err := a.Merge(before, server)
			if err != nil {
				t.Errorf("%s, %s: %v", a.ID, name, err)
				continue
			}
			if text != "" && strings.TrimSpace(text) != "" && !onlyInserts(before, after) {
				t.Errorf("%s, %s: something else has changed\n%s\n---\n%s", a.ID, name, before, after)
			}
			standard, err := hujson.Standardize(append(bytes.TrimPrefix(after, []byte(byteOrderMark)), '\n'))
			if err != nil {
				t.Fatal(err)
			}
			var got map[string]any
			if err := json.Unmarshal(standard, &map[string]json.RawMessage{}); err != nil {
				t.Fatal(err)
			}
			d := json.NewDecoder(bytes.NewReader(standard))
			d.UseNumber()
			if err := d.Decode(&got); err != nil {
				t.Fatal(err)
			}
			entry := got[a.key].(map[string]any)["amazon-sp-api"].(map[string]any)
			if entry["command"] != "sellerkey-cli" || entry["args"].([]any)[1] != "Shop \"1\" & <店>" || a.typed != (entry["type"] == "stdio") {
				t.Errorf("%s, %s: %v", a.ID, name, entry)
			}
			if strings.Contains(string(before), "\r\n") && strings.Count(string(after), "\n") != strings.Count(string(after), "\r\n") {
				t.Errorf("%s, %s: mixed line endings %q", a.ID, name, after)
			}
			again, err := a.Merge(after, server)
			if err != nil || !bytes.Equal(again, after) {
				t.Errorf("%s, %s: the second time: %v\n%s", a.ID, name, err, again)
			}
			if a.Replaces(before, server) || a.Replaces(after, server) || !a.Replaces(after, amazon("Shop 2")) {
				t.Errorf("%s, %s: what would be replaced is not known", a.ID, name)
			}
			// Another account takes the entry's place.
			next, err := a.Merge(after, amazon("Shop 2"))
			if err != nil || bytes.Count(next, []byte("sellerkey-cli")) != 1 || !bytes.Contains(next, []byte(`"Shop 2"`)) {
				t.Errorf("%s, %s: replaced: %v\n%s", a.ID, name, err, next)
			}
		}
	}
	if files < 50 {
		t.Errorf("%d files", files)
	}
}

// onlyInserts reports that after is before with one piece of text put in, and
// maybe a comma.
func onlyInserts(before, after []byte) bool {
	at := 0
	for at < len(before) && at < len(after) && before[at] == after[at] {
		at++
	}
	fits := func(after []byte) bool {
		for i := 0; i <= len(before) && len(after) >= len(before); i++ {
			if bytes.HasPrefix(after, before[:i]) && bytes.HasSuffix(after, before[i:]) {
				return true
			}
		}
		return false
	}
	return fits(after) || at < len(after) && after[at] == ',' && fits(append(bytes.Clone(after[:at]), after[at+1:]...))
}

func TestAssistantLayout(t *testing.T) {
	a := Assistants()[0]
	entry := Server{"s", "cli", []string{"run", "x"}}
	for before, want := range map[string]string{
		"": "{\n  \"mcpServers\": {\n    \"s\": {\n      \"command\": \"cli\",\n      \"args\": [\"run\", \"x\"]\n    }\n  }\n}\n",
		"{\n\t\"mcpServers\": {\n\t\t\"a\": {} // last\n\t}\n}\n": "{\n\t\"mcpServers\": {\n\t\t\"a\": {}, // last\n\t\t\"s\": {\n\t\t\t\"command\": \"cli\",\n\t\t\t\"args\": [\"run\", \"x\"]\n\t\t}\n\t}\n}\n",
		"{\"mcpServers\":{\"a\":{}}}":                             "{\"mcpServers\":{\"a\":{}, \"s\": {\"command\": \"cli\", \"args\": [\"run\", \"x\"]}}}",
	} {
		if got, err := a.Merge([]byte(before), entry); err != nil || string(got) != want {
			t.Errorf("%v\n%s\nwant\n%s", err, got, want)
		}
	}
}

func TestAssistantsRefuse(t *testing.T) {
	for name, before := range map[string]string{
		"a list": "[]", "a text": `"x"`, "damaged": `{"a": }`, "cut off": `{"mcpServers": {`, "servers are a list": `{"mcpServers": []}`,
		"servers are null": `{"mcpServers": null}`, "servers twice": `{"mcpServers": {}, "mcpServers": {}}`, "two texts": `{} {}`,
		"ours twice": `{"mcpServers": {"amazon-sp-api": {}, "amazon-sp-api": {}}}`,
		"not UTF-8":  "{\"a\": \"\xff\"}",
	} {
		got, err := Assistants()[0].Merge([]byte(before), amazon("x"))
		if KindOf(err) != KindCannotMerge {
			t.Errorf("%s: %v\n%s", name, err, got)
		}
	}
}

func TestAssistantPaths(t *testing.T) {
	want := map[string][3]string{
		"claude_desktop": {"/home/mika/.config/Claude/claude_desktop_config.json", "/home/mika/Library/Application Support/Claude/claude_desktop_config.json", `R:\Claude\claude_desktop_config.json`},
		"claude_code":    {"/home/mika/.claude.json", "/home/mika/.claude.json", `/home/mika\.claude.json`},
		"cursor":         {"/home/mika/.cursor/mcp.json", "/home/mika/.cursor/mcp.json", `/home/mika\.cursor\mcp.json`},
		"vscode":         {"/home/mika/.config/Code/User/mcp.json", "/home/mika/Library/Application Support/Code/User/mcp.json", `R:\Code\User\mcp.json`},
		"kiro":           {"/home/mika/.kiro/settings/mcp.json", "/home/mika/.kiro/settings/mcp.json", `/home/mika\.kiro\settings\mcp.json`},
	}
	for _, a := range Assistants() {
		for i, system := range []string{"linux", "darwin", "windows"} {
			if got := a.Path(Home{OS: system, Dir: "/home/mika", AppData: `R:`}); got != want[a.ID][i] {
				t.Errorf("%s on %s: %s", a.ID, system, got)
			}
		}
	}
	packaged := Home{OS: "windows", Dir: `C:\Users\mika`, AppData: `R:`, ClaudePackage: `L:\Packages\x\LocalCache\Roaming`}
	if got := Assistants()[0].Path(packaged); got != `L:\Packages\x\LocalCache\Roaming\Claude\claude_desktop_config.json` {
		t.Error(got)
	}
}

func TestConfigureKeepsTheMode(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mcp.json")
	if err := os.WriteFile(path, []byte("{}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := files(t).Configure(Assistants()[2], path, amazon("x")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o644 || !strings.Contains(content(t, path), "sellerkey-cli") {
		t.Error(info.Mode(), err)
	}
}

func FuzzAssistant(f *testing.F) {
	for _, text := range configs() {
		f.Add(strings.ReplaceAll(text, "SERVERS", "mcpServers"))
	}
	f.Fuzz(func(t *testing.T, before string) {
		a, server := Assistants()[0], amazon("x")
		after, err := a.Merge([]byte(before), server)
		if err != nil {
			return
		}
		again, err := a.Merge(after, server)
		if err != nil || !bytes.Equal(again, after) {
			t.Fatalf("the second time: %v\n%s\n%s", err, after, again)
		}
		if !strings.Contains(before, "amazon-sp-api") && strings.TrimSpace(strings.TrimPrefix(before, byteOrderMark)) != "" && !onlyInserts([]byte(before), after) {
			t.Fatalf("%q became %q", before, after)
		}
	})
}
