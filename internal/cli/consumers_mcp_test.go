//go:build linux

package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/practice/practicetest"
)

// TestConsumersMCP: an assistant whose file got the entry starts Amazon's own MCP
// server through run, and gets an answer of the SP-API. No secret is in its
// configuration, on a command line, or in what was logged.
func TestConsumersMCP(t *testing.T) {
	b := newBench(t)
	server := filepath.Join(os.Getenv("SELLERKEY_TEST_MCP"), "package", "dist", "index.js")
	if _, err := os.Stat(server); err != nil {
		t.Skip("scripts/consumers could not fetch Amazon's MCP server")
	}
	// What npx does with the package, without its gigabyte of dependencies, which
	// only the other server in it needs.
	b.tool("npx", "sh -c 'shift 2; exec "+b.need("node")+" "+server+" \"$@\"' npx")
	amazon := practicetest.Start(t, practice.Options{Now: time.Now})
	b.env = append(b.env, "SP_API_OAUTH_URL="+amazon.TokenURL(), "SP_API_BASE_URL="+amazon.SPAPIURL())
	config := filepath.Join(b.dir, "mcp.json")
	b.sh("sellerkey-cli export Tokyo --format cursor --yes -o " + config)

	logged, err := os.Create(filepath.Join(b.dir, "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer logged.Close()
	cmd := exec.Command(b.client("mcp"), config, "amazon-sp-api")
	cmd.Env, cmd.Stderr = b.env, logged
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = stdin.Close()
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	}()
	answers := bufio.NewReader(stdout)
	var said strings.Builder
	call := func(tool string, arguments map[string]any) string {
		t.Helper()
		if err := json.NewEncoder(stdin).Encode(map[string]any{"name": tool, "arguments": arguments}); err != nil {
			t.Fatal(err)
		}
		line, err := answers.ReadString('\n')
		if err != nil {
			text, _ := os.ReadFile(logged.Name())
			t.Fatalf("%s: %v: %s", tool, err, text)
		}
		said.WriteString(line)
		return decode[string](t, strings.NewReader(line))
	}
	find := func(pattern, text string) string {
		t.Helper()
		m := regexp.MustCompile(pattern).FindString(text)
		if m == "" {
			t.Fatalf("no %s in %s", pattern, text)
		}
		return m
	}
	workflow := find(`wf_\w+`, call("create_workflow", map[string]any{"name": "stores"}))
	call("add_task_state", map[string]any{
		"workflow_id": workflow, "state_name": "Ask", "method": "GET", "path": "/sellers/v1/marketplaceParticipations", "result_path": "$.stores",
	})
	call("add_succeed_state", map[string]any{"workflow_id": workflow, "state_name": "Done"})
	call("connect_states", map[string]any{"workflow_id": workflow, "from_state": "Ask", "to_state": "Done"})
	call("set_start_state", map[string]any{"workflow_id": workflow, "state_name": "Ask"})
	execution := find(`exec_\w+`, call("execute_workflow", map[string]any{"workflow_id": workflow}))
	status := ""
	for status == "" || strings.Contains(status, `"RUNNING"`) || strings.Contains(status, `"PENDING"`) {
		status = call("get_execution_status", map[string]any{"execution_id": execution})
	}
	if !strings.Contains(status, "A1VC38T7YXB528") {
		t.Errorf("no answer of the SP-API: %s", status)
	}

	// While it runs. Every process of this bench has its home folder; others, of
	// other tests, may well have the same practice secrets.
	paths := []string{config, b.log(), logged.Name()}
	processes, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		t.Fatal(err)
	}
	ours := 0
	for _, process := range processes {
		if env, err := os.ReadFile(filepath.Join(process, "environ")); err == nil && bytes.Contains(env, []byte("HOME="+b.dir)) {
			paths = append(paths, filepath.Join(process, "cmdline"))
			ours++
		}
	}
	seen := map[string]string{"the answers": said.String()}
	for _, path := range paths {
		if text, err := os.ReadFile(path); err == nil { // a process may have ended
			seen[path] = string(text)
		}
	}
	for where, text := range seen {
		for _, secret := range []string{b.sample.ClientSecret.Reveal(), b.sample.RefreshToken.Reveal(), "Atza|"} {
			if strings.Contains(text, secret) {
				t.Errorf("a secret is in %s", where)
			}
		}
	}
	if ours < 2 || !strings.Contains(seen[b.log()], "sp-api-workflow-mcp-server") || seen[config] == "" || seen[logged.Name()] == "" {
		t.Error("the wrong places were searched")
	}
}
