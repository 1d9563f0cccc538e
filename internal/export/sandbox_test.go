package export

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/lwa"
)

const (
	japan        = "https://sellingpartnerapi-fe.amazon.com"
	japanSandbox = "https://sandbox.sellingpartnerapi-fe.amazon.com"
)

// TestSandboxSwitches: every text sets its library's switch, or SandboxByHand says what
// to set in the program. A text for any other app has neither.
func TestSandboxSwitches(t *testing.T) {
	switches := map[string]string{
		"python_file": "", "python_env": "\nAWS_ENV='SANDBOX'\n",
		"node_file": "", "node_code": "\n  options: { use_sandbox: true }\n",
		"php_jlevers": "endpoint: Endpoint::FE_SANDBOX,", "amazon_python": "SPAPIClient(config, endpoint='" + japanSandbox + "')",
		"amazon_js": "spApiNAEndpoint: '" + japanSandbox + "'", "amazon_java": "", "amazon_csharp": "", "amazon_php": "",
		"go_amzapi": "", "go_fond": `Endpoint:     "` + japanSandbox + `"`,
		"dotenv": "\nSP_API_BASE_URL='" + japanSandbox + "'\n", "json": `"sandbox": true`,
		"mcp_sp_api": `"SP_API_BASE_URL": "` + japanSandbox + `"`, "mcp_lwa": `"SP_API_BASE_URL": "` + japanSandbox + `"`,
		"aws-secret": "", "vault-kv": `"SP_API_BASE_URL": "` + japanSandbox + `"`,
		"k8s-secret": `SP_API_BASE_URL: '` + japanSandbox + `'`, "env": "\nSP_API_BASE_URL=" + japanSandbox + "\n",
	}
	byHand := map[string]string{
		"python_file": "AWS_ENV=SANDBOX", "aws-secret": "AWS_ENV=SANDBOX", "node_file": "options: { use_sandbox: true }",
		"amazon_java": japanSandbox, "amazon_csharp": japanSandbox, "amazon_php": japanSandbox, "go_amzapi": japanSandbox,
	}
	all := append(Targets(), ServerFormats()...)
	if len(switches) != len(all) {
		t.Errorf("%d targets, %d here: %q", len(all), len(switches), slices.Sorted(maps.Keys(switches)))
	}
	for _, x := range all {
		v := sample()
		v.Region = lwa.FarEast
		plain := render(t, x.ID, v)
		if setting := x.SandboxByHand(nil, v); setting != "" || strings.Contains(strings.ToLower(plain), "sandbox") {
			t.Errorf("%s, not for the sandbox: %q\n%s", x.ID, setting, plain)
		}
		v.Sandbox = true
		text := render(t, x.ID, v)
		if !strings.Contains(text, switches[x.ID]) || strings.Contains(text, japan) {
			t.Errorf("%s has no %q:\n%s", x.ID, switches[x.ID], text)
		}
		if got := x.SandboxByHand(nil, v); got != byHand[x.ID] || (got == "") == (switches[x.ID] == "") {
			t.Errorf("%s: by hand %q, want %q", x.ID, got, byHand[x.ID])
		}
	}
	// The switch of a file with several accounts is for all of them.
	v := sample()
	v.Sandbox, v.AccountName = true, "tokyo"
	if text := render(t, "python_env", v); strings.Contains(text, "AWS_ENV") || target(t, "python_env").SandboxByHand(nil, v) != "AWS_ENV=SANDBOX" {
		t.Error(text)
	}
}

// TestSandboxMerges: into a file that we wrote for the other kind of app, every
// target that merges writes what a new file would have, and says the same.
func TestSandboxMerges(t *testing.T) {
	merged := 0
	for _, x := range Targets() {
		if !x.Merges {
			continue
		}
		merged++
		v := sample()
		production := render(t, x.ID, v)
		v.Sandbox = true
		sandbox := render(t, x.ID, v)
		for range 2 { // and back, and again
			for _, to := range []struct {
				sandbox      bool
				before, want string
			}{{true, production, sandbox}, {true, sandbox, sandbox}, {false, sandbox, production}, {false, production, production}} {
				v.Sandbox = to.sandbox
				got, err := x.Merge([]byte(to.before), v)
				if err != nil || string(got) != to.want {
					t.Errorf("%s, to the sandbox %t: %v\n%s\nwant\n%s", x.ID, to.sandbox, err, got, to.want)
				}
				if byHand := x.SandboxByHand([]byte(to.before), v); byHand != x.SandboxByHand(nil, v) || byHand != "" && !to.sandbox {
					t.Errorf("%s, to the sandbox %t: by hand %q", x.ID, to.sandbox, byHand)
				}
			}
		}
	}
	if merged != 4 {
		t.Errorf("%d targets merge", merged)
	}
}

// TestSandboxLinesOfOthers: a switch that isn't ours, or is for other accounts as
// well, stays, and is named.
func TestSandboxLinesOfOthers(t *testing.T) {
	const (
		keys   = "SP_API_REFRESH_TOKEN='Atzr|NEW'\nLWA_APP_ID='NEW-ID'\nLWA_CLIENT_SECRET='NEW-SECRET'\n"
		named  = "SP_API_REFRESH_TOKEN_tokyo='Atzr|NEW'\nLWA_APP_ID_tokyo='NEW-ID'\nLWA_CLIENT_SECRET_tokyo='NEW-SECRET'\n"
		other  = "LWA_APP_ID_osaka=x\n"
		aws    = "AWS_ENV='SANDBOX'\n"
		common = "LWA_CLIENT_ID='NEW-ID'\nLWA_CLIENT_SECRET='NEW-SECRET'\nLWA_REFRESH_TOKEN='Atzr|NEW'\n"
		base   = "SP_API_BASE_URL='" + japanSandbox + "'\n"
		setAWS = "AWS_ENV=SANDBOX"
		setURL = "SP_API_BASE_URL=" + japanSandbox
	)
	for _, c := range []struct {
		name, target, account string
		sandbox               bool
		before, after, byHand string
	}{
		{"ours, between others' lines", "python_env", "", false, "A=1\r\n" + keys + aws + "B=2 # b\n", "A=1\r\n" + keys + "B=2 # b\n", ""},
		{"ours, at the end without a line break", "python_env", "", false, keys + "AWS_ENV='SANDBOX'", keys, ""},
		{"ours, with carriage returns", "python_env", "", false, keys + "AWS_ENV='SANDBOX'\r\n", keys, ""},
		{"before the secrets", "python_env", "", false, aws + keys, aws + keys, setAWS},
		{"typed by a person", "python_env", "", false, keys + "AWS_ENV=SANDBOX\n", keys + "AWS_ENV=SANDBOX\n", setAWS},
		{"exported", "python_env", "", false, "export " + aws + keys, "export " + aws + keys, setAWS},
		{"with a comment", "python_env", "", false, keys + "AWS_ENV='SANDBOX' # until July\n", keys + "AWS_ENV='SANDBOX' # until July\n", setAWS},
		{"a comment only", "python_env", "", false, keys + "# AWS_ENV='SANDBOX'\n", keys + "# AWS_ENV='SANDBOX'\n", ""},
		{"another one behind it counts", "python_env", "", false, "AWS_ENV=SANDBOX\nAWS_ENV=PRODUCTION\n" + keys, "AWS_ENV=SANDBOX\nAWS_ENV=PRODUCTION\n" + keys, ""},
		{"without values of ours", "python_env", "", false, aws, aws + keys, setAWS},
		{"for other accounts as well", "python_env", "", false, other + keys + aws, other + keys + aws, setAWS},
		{"for the default, from a named one", "python_env", "tokyo", false, keys + named + aws, keys + named + aws, setAWS},
		{"production, typed by a person", "python_env", "", true, "AWS_ENV=PRODUCTION\n" + keys, aws + keys, ""},
		{"others would go to the sandbox", "python_env", "", true, other + keys, other + keys, setAWS},
		{"others are there already", "python_env", "", true, aws + other + keys, aws + other + keys, ""},
		{"a named one, others are there already", "python_env", "tokyo", true, aws + named, aws + named, ""},
		{"a named one", "python_env", "tokyo", true, named, named, setAWS},
		{"ours, of another region", "dotenv", "", false, common + "SP_API_BASE_URL='https://sandbox.sellingpartnerapi-eu.amazon.com'\n", common, ""},
		{"an address typed by a person", "dotenv", "", false, "SP_API_BASE_URL=" + japanSandbox + "/\n" + common, "SP_API_BASE_URL=" + japanSandbox + "/\n" + common, setURL},
		{"an address of their own", "dotenv", "", false, "SP_API_BASE_URL=http://localhost:9000\n" + common, "SP_API_BASE_URL=http://localhost:9000\n" + common, ""},
		{"no value of ours", "dotenv", "", false, "LWA_CLIENT_ID=x\n" + base, "LWA_CLIENT_ID='NEW-ID'\n" + base + "LWA_CLIENT_SECRET='NEW-SECRET'\nLWA_REFRESH_TOKEN='Atzr|NEW'\n", setURL},
		{"byte order mark", "dotenv", "", false, "\ufeff" + common + base, "\ufeff" + common, ""},
	} {
		v := short()
		v.Sandbox, v.AccountName = c.sandbox, c.account
		x := target(t, c.target)
		got, err := x.Merge([]byte(c.before), v)
		if err != nil || string(got) != c.after {
			t.Errorf("%s: %v\n%q\nwant\n%q", c.name, err, got, c.after)
		}
		for _, file := range []string{c.before, c.after} { // the same before and after writing
			if byHand := x.SandboxByHand([]byte(file), v); byHand != c.byHand {
				t.Errorf("%s: by hand %q, want %q", c.name, byHand, c.byHand)
			}
		}
	}
}

// TestSandboxEnvironments: what run sets.
func TestSandboxEnvironments(t *testing.T) {
	for name, want := range map[string]string{
		"dotenv": "SP_API_BASE_URL=" + japanSandbox, "mcp": "SP_API_BASE_URL=" + japanSandbox, "python": "AWS_ENV=SANDBOX",
		"node": "SP_API_USE_SANDBOX=true", "php": "SPAPI_SANDBOX=true",
	} {
		e, ok := FindEnvironment(name)
		if !ok {
			t.Fatal(name)
		}
		v := sample()
		if set, err := e.Set(v); err != nil || strings.Contains(strings.ToLower(strings.Join(set, " ")), "sandbox") {
			t.Errorf("%s, not for the sandbox: %v", name, err)
		}
		v.Sandbox = true
		if set, err := e.Set(v); err != nil || !slices.Contains(set, want) {
			t.Errorf("%s has no %s: %v", name, want, err)
		}
		if settings := e.SandboxSettings(); !slices.Contains(settings, want) || strings.Contains(strings.Join(settings, " "), "CLIENT") {
			t.Errorf("%s: only for a sandbox app are %q", name, settings)
		}
	}
}

// TestConsumersSandbox: amazon-sp-api itself, and Amazon's SDK for Python where it is
// installed, resolve the host of the sandbox for a sandbox app and of production for
// any other.
func TestConsumersSandbox(t *testing.T) {
	packages := os.Getenv("SELLERKEY_TEST_CONSUMERS")
	for _, sandbox := range []bool{false, true} {
		v := sample()
		v.Sandbox = sandbox
		want := lwa.Endpoint{Region: lwa.FarEast, Sandbox: sandbox}
		t.Run("node "+want.Host(), func(t *testing.T) {
			if packages == "" || packages == "none" {
				t.Skip("SELLERKEY_TEST_CONSUMERS names no folder with the npm packages; make consumers does")
			}
			t.Setenv("NODE_PATH", filepath.Join(packages, "node_modules"))
			script := write(t, "sandbox.js", render(t, "node_code", v)+"\nconsole.log(spClient._request._api_endpoint)")
			if got := strings.TrimSpace(run(t, "", "node", script)); got != want.Host() {
				t.Errorf("amazon-sp-api resolves %s, want %s", got, want.Host())
			}
		})
		for _, library := range []struct{ id, module, ask string }{
			{"amazon_python", "spapi", "print(client.api_base_url)"},
			{"python_env", "sp_api", "import sp_api.base\nprint(sp_api.base.Marketplaces.JP.endpoint)"},
		} {
			t.Run(library.module+" "+want.Host(), func(t *testing.T) {
				if strings.TrimSpace(run(t, "", "python3", "-c", "import importlib.util\nprint(importlib.util.find_spec('"+library.module+"') is not None)")) != "True" {
					t.Skipf("Python has no %s here: what it reads was not checked", library.module)
				}
				text := render(t, library.id, v)
				if library.id == "python_env" { // as dotenv puts it into the environment
					lines := ""
					for line := range strings.Lines(text) {
						name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
						lines += "os.environ['" + name + "'] = " + value + "\n"
					}
					text = "import os\n" + lines
				}
				if got := strings.TrimSpace(run(t, "", "python3", write(t, "main.py", text+library.ask+"\n"))); got != want.URL() {
					t.Errorf("%s resolves %s, want %s", library.module, got, want.URL())
				}
			})
		}
	}
}
