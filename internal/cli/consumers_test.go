//go:build unix

package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/practice"
)

// bench is a computer with the tools of others, and sellerkey-cli on its PATH.
type bench struct {
	t      *testing.T
	dir    string // a home folder
	sample practice.Sample
	env    []string
}

// newBench skips the test where scripts/consumers hasn't been.
func newBench(t *testing.T) *bench {
	if os.Getenv("SELLERKEY_TEST_CONSUMERS") == "" {
		t.Skip("scripts/consumers runs this")
	}
	b := &bench{t: t, dir: t.TempDir(), sample: practice.New(practice.Options{Now: time.Now}).Sample()}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bin := filepath.Join(b.dir, "bin")
	if err := os.Mkdir(bin, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(exe, filepath.Join(bin, "sellerkey-cli")); err != nil {
		t.Fatal(err)
	}
	b.env = append(os.Environ(),
		child+"="+filepath.Join(b.dir, "data"), "HOME="+b.dir, "TMPDIR="+t.TempDir(), "PATH="+bin+":"+os.Getenv("PATH"),
		"AWS_ACCESS_KEY_ID=EXAMPLE", "AWS_SECRET_ACCESS_KEY=EXAMPLE", "AWS_DEFAULT_REGION=us-east-1", "AWS_EC2_METADATA_DISABLED=true",
		"VAULT_TOKEN=EXAMPLE", "DO_NOT_TRACK=1")
	return b
}

// tool puts a program on the PATH that notes its arguments and becomes another
// one, with more arguments if the pretend server can't be named otherwise.
func (b *bench) tool(name, program string, more ...string) {
	b.t.Helper()
	script := "#!/bin/sh\nprintf '%s\\n' \"$0 $*\" >>'" + b.log() + "'\nexec " + program + ` "$@" ` + strings.Join(more, " ") + "\n"
	if err := os.WriteFile(filepath.Join(b.dir, "bin", name), []byte(script), 0o700); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) log() string { return filepath.Join(b.dir, "arguments.log") }

// need is the path of a program, without which nothing can be shown.
func (b *bench) need(name string) string {
	b.t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		b.t.Fatal(err)
	}
	return path
}

// client builds a program of testdata/clients.
func (b *bench) client(name string) string {
	b.t.Helper()
	path := filepath.Join(b.dir, "clients", name)
	cmd := exec.Command("go", "build", "-o", path, "./"+name)
	cmd.Dir = "testdata/clients"
	if out, err := cmd.CombinedOutput(); err != nil {
		b.t.Fatalf("%v: %s", err, out)
	}
	return path
}

func (b *bench) sh(script string) string {
	b.t.Helper()
	cmd := exec.Command("sh", "-c", script)
	cmd.Env = b.env
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		b.t.Fatalf("%s: %v\n%s%s", script, err, &out, &errs)
	}
	return out.String()
}

// python runs a script in the first Python that has a module.
func (b *bench) python(module, script string) string {
	b.t.Helper()
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(python, "-c", "import "+module).Run() == nil {
			cmd := exec.Command(python, "-W", "ignore", "-c", script)
			cmd.Env = b.env
			out, err := cmd.Output()
			if err != nil {
				b.t.Fatalf("%v: %s", err, err.(*exec.ExitError).Stderr)
			}
			return string(out)
		}
	}
	b.t.Fatalf("no Python has %s", module)
	return ""
}

// recipes are the commands of docs/servers.md for a program.
func recipes(t *testing.T, program string) []string {
	t.Helper()
	text, err := os.ReadFile("../../docs/servers.md")
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, block := range regexp.MustCompile("(?s)```sh\n(.*?)\n```").FindAllStringSubmatch(string(text), -1) {
		if strings.Contains(block[1], "| "+program+" ") {
			found = append(found, strings.NewReplacer("ACCOUNT", "Tokyo", "IMAGE", "example/image").Replace(block[1]))
		}
	}
	if len(found) == 0 {
		t.Fatalf("docs/servers.md has no command for %s", program)
	}
	return found
}

// common are the values under the names that most formats use.
func (b *bench) common() map[string]string {
	return map[string]string{
		"LWA_CLIENT_ID": b.sample.ClientID, "LWA_CLIENT_SECRET": b.sample.ClientSecret.Reveal(), "LWA_REFRESH_TOKEN": b.sample.RefreshToken.Reveal(),
		"SP_API_MARKETPLACE_ID": "A1VC38T7YXB528", "SP_API_REGION": "fe",
	}
}

// got compares what has arrived, and looks for secrets where none may be.
func (b *bench) got(got, want map[string]string) {
	b.t.Helper()
	if !maps.Equal(got, want) {
		b.t.Errorf("%d values arrived, of %q; want %q, each as it was", len(got), slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
	}
	arguments, err := os.ReadFile(b.log())
	if err != nil {
		b.t.Fatal(err)
	}
	for _, secret := range []string{b.sample.ClientSecret.Reveal(), b.sample.RefreshToken.Reveal()} {
		if bytes.Contains(arguments, []byte(secret)) {
			b.t.Error("a secret was on a command line")
		}
	}
}

func decode[T any](t *testing.T, from io.Reader) (value T) {
	t.Helper()
	if err := json.NewDecoder(from).Decode(&value); err != nil {
		t.Errorf("not the JSON that was expected: %v", err)
	}
	return value
}

// TestConsumersAWS: the secret that the aws program makes, and then replaces, is
// the one that boto3 reads, under the names of python-amazon-sp-api.
func TestConsumersAWS(t *testing.T) {
	b := newBench(t)
	var mu sync.Mutex
	secrets := make(map[string]string)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		// https://docs.aws.amazon.com/secretsmanager/latest/apireference/
		in := decode[struct{ Name, SecretId, SecretString string }](t, r.Body)
		out := map[string]string{"ARN": "arn:aws:secretsmanager:us-east-1:000000000000:secret:example", "VersionId": "00000000-0000-0000-0000-000000000000"}
		switch r.Header.Get("X-Amz-Target") {
		case "secretsmanager.CreateSecret":
			secrets[in.Name] = in.SecretString
		case "secretsmanager.PutSecretValue":
			if _, ok := secrets[in.SecretId]; !ok {
				w.WriteHeader(http.StatusBadRequest)
				out = map[string]string{"__type": "ResourceNotFoundException"}
			}
			secrets[in.SecretId] = in.SecretString
		case "secretsmanager.GetSecretValue":
			out["Name"], out["SecretString"] = in.SecretId, secrets[in.SecretId]
		default:
			t.Errorf("%s %s", r.Method, r.Header.Get("X-Amz-Target"))
		}
		w.Header().Set("Content-Type", "application/x-amz-json-1.1")
		_ = json.NewEncoder(w).Encode(out)
	}))
	defer server.Close()
	b.tool("aws", b.need("aws"), "--endpoint-url", server.URL)
	for _, recipe := range recipes(t, "aws") {
		b.sh(recipe)
		text := b.python("boto3", `
import boto3
print(boto3.client("secretsmanager", endpoint_url="`+server.URL+`").get_secret_value(SecretId="amazon-sp-api")["SecretString"])`)
		b.got(decode[map[string]string](t, strings.NewReader(text)), map[string]string{
			"SP_API_REFRESH_TOKEN": b.sample.RefreshToken.Reveal(), "LWA_APP_ID": b.sample.ClientID, "LWA_CLIENT_SECRET": b.sample.ClientSecret.Reveal(),
		})
		mu.Lock()
		secrets["amazon-sp-api"] = "{}" // which the next command replaces
		mu.Unlock()
	}
}

// TestConsumersVault: what "vault kv put" writes is what hvac reads.
func TestConsumersVault(t *testing.T) {
	b := newBench(t)
	var mu sync.Mutex
	var stored json.RawMessage
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		metadata := map[string]any{"created_time": "2026-11-28T00:00:00Z", "deletion_time": "", "destroyed": false, "version": 1, "custom_metadata": nil}
		var data any
		switch {
		case r.URL.Path == "/v1/sys/internal/ui/mounts/secret": // the program asks for the version
			data = map[string]any{"path": "secret/", "type": "kv", "options": map[string]string{"version": "2"}}
		case r.URL.Path != "/v1/secret/data/amazon-sp-api":
			t.Error(r.Method, r.URL)
		case r.Method == http.MethodGet:
			data = map[string]any{"data": stored, "metadata": metadata}
		default:
			stored = decode[struct{ Data json.RawMessage }](t, r.Body).Data
			data = metadata
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"data": data})
	}))
	defer server.Close()
	b.env = append(b.env, "VAULT_ADDR="+server.URL)
	vault, err := exec.LookPath("vault")
	if err != nil {
		vault = b.client("vault")
	}
	b.tool("vault", vault)
	for _, recipe := range recipes(t, "vault") {
		b.sh(recipe)
		text := b.python("hvac", `
import hvac, json
print(json.dumps(hvac.Client(url="`+server.URL+`", token="EXAMPLE").secrets.kv.v2.read_secret_version("amazon-sp-api")["data"]["data"]))`)
		b.got(decode[map[string]string](t, strings.NewReader(text)), b.common())
	}
}

// TestConsumersKubernetes: what kubectl reads and sends to the cluster.
func TestConsumersKubernetes(t *testing.T) {
	b := newBench(t)
	type secret struct {
		Kind, Type string
		Metadata   struct{ Name string }
		StringData map[string]string `json:"stringData"`
	}
	made := make(chan secret, 9)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		switch r.Method + " " + r.URL.Path {
		case "GET /api":
			_, _ = io.WriteString(w, `{"kind": "APIVersions", "versions": ["v1"]}`)
		case "GET /apis":
			_, _ = io.WriteString(w, `{"kind": "APIGroupList", "apiVersion": "v1", "groups": []}`)
		case "GET /api/v1":
			_, _ = io.WriteString(w, `{"kind": "APIResourceList", "groupVersion": "v1", "resources": [
				{"name": "secrets", "singularName": "secret", "namespaced": true, "kind": "Secret", "verbs": ["create", "get", "patch"]}]}`)
		case "POST /api/v1/namespaces/default/secrets":
			body, _ := io.ReadAll(r.Body)
			made <- decode[secret](t, bytes.NewReader(body))
			w.WriteHeader(http.StatusCreated)
			_, _ = w.Write(body)
		default:
			w.WriteHeader(http.StatusNotFound)
			_, _ = io.WriteString(w, `{"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": 404}`)
		}
	}))
	defer server.Close()
	b.env = append(b.env, "KUBECONFIG=/dev/null")
	b.tool("kubectl", b.need("kubectl"), "--server", server.URL, "--validate=false") // no schemas there
	for i, recipe := range recipes(t, "kubectl") {
		b.sh(recipe)
		got := <-made
		if want := []string{"amazon-sp-api", "amazon-sp-api-tokyo"}[i]; got.Metadata.Name != want || got.Kind != "Secret" || got.Type != "Opaque" {
			t.Errorf("made %s %s %s, want %s", got.Kind, got.Type, got.Metadata.Name, want)
		}
		b.got(got.StringData, b.common())
	}
}

// pairs makes a map of NAME=value lines, without names that aren't ours.
func pairs(lines []string) map[string]string {
	got := make(map[string]string)
	for _, line := range lines {
		if name, value, _ := strings.Cut(line, "="); strings.HasPrefix(name, "LWA_") || strings.HasPrefix(name, "SP_API_") {
			got[name] = value
		}
	}
	return got
}

// TestConsumersDocker: the environment that docker tells its engine to give to a
// container. The engine then has no room for one.
func TestConsumersDocker(t *testing.T) {
	b := newBench(t)
	made := make(chan []string, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Api-Version", "1.41")
		w.Header().Set("Content-Type", "application/json")
		if strings.HasSuffix(r.URL.Path, "/containers/create") {
			made <- decode[struct{ Env []string }](t, r.Body).Env
			w.WriteHeader(http.StatusInsufficientStorage)
			_, _ = io.WriteString(w, `{"message": "no room"}`)
		}
	}))
	defer server.Close()
	b.env = append(b.env, "DOCKER_HOST="+strings.Replace(server.URL, "http", "tcp", 1))
	docker, err := exec.LookPath("docker")
	if err != nil {
		t.Skip("NOT CHECKED: no docker here") // a client alone can't be had on Debian 12
	}
	b.tool("docker", docker)
	for _, recipe := range recipes(t, "docker") {
		if said := b.sh(recipe + " 2>&1 || true"); !strings.Contains(said, "no room") {
			t.Fatal(said)
		}
		b.got(pairs(<-made), b.common())
	}
}

// TestConsumersSSH: the file on the server is its owner's alone, and python-dotenv reads it.
// Node has --env-file since 20.6 only, which Debian 12 doesn't have.
func TestConsumersSSH(t *testing.T) {
	b := newBench(t)
	home := filepath.Join(b.dir, "server")
	if err := os.Mkdir(home, 0o700); err != nil {
		t.Fatal(err)
	}
	b.tool("ssh", "sh -c 'shift; cd "+home+" && exec sh -c \"$*\"' ssh")
	for _, recipe := range recipes(t, "ssh") {
		b.sh(recipe)
		file := filepath.Join(home, "amazon-sp-api.env")
		info, err := os.Stat(file)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Fatal(err, info)
		}
		said := b.python("dotenv", fmt.Sprintf("import dotenv, json; print(json.dumps(dotenv.dotenv_values(%q)))", file))
		b.got(decode[map[string]string](t, strings.NewReader(said)), b.common())
	}
}
