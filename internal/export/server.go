package export

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/sellerkey/sellerkey/internal/lazy"
)

// ServerFormats returns the formats for servers. Each is read by the own tool of
// a secrets manager or of a container system, from its standard input, so that
// no file with secrets is made; see [Target.ReadBy].
func ServerFormats() []Target {
	return []Target{
		{
			// What python-amazon-sp-api reads from the secret that
			// SP_API_AWS_SECRET_ID names (sp_api/base/credential_provider.py).
			ID: "aws-secret", Name: "AWS Secrets Manager", needs: needApp | needToken, code: awsSecret, byHand: pythonSandbox,
			readBy: "aws secretsmanager create-secret --name {name} --secret-string file:///dev/stdin",
		},
		{
			// https://developer.hashicorp.com/vault/docs/commands/kv/put
			ID: "vault-kv", Name: "HashiCorp Vault (KV)", needs: needApp | needToken, code: vaultKV,
			readBy: "vault kv put -mount=secret {name} -",
		},
		{
			// https://kubernetes.io/docs/concepts/configuration/secret/
			ID: "k8s-secret", Name: "Kubernetes Secret", Named: true, needs: needApp | needToken, code: kubernetesSecret,
			readBy: "kubectl apply -f -",
		},
		{
			// docker run --env-file, systemd's EnvironmentFile.
			ID: "env", Name: "Docker (env)", needs: needApp | needToken,
			code:   lines{entries: commonEnvironment, quote: bareValue}.render,
			readBy: "docker run --env-file /dev/stdin IMAGE",
		},
	}
}

// HandOver is the command, for a Unix shell, that hands an account to the
// engine's own tool; "" for a target that isn't for servers. cli starts
// sellerkey-cli, see [CLI]. The secret of the engine is
// named after the name of the account, which consists of at most 49 letters A to
// Z, digits, "-" and "_". The command contains no value. Errors are [*Error].
func (t Target) HandOver(cli []string, account, name string) (string, error) {
	if t.readBy == "" {
		return "", nil
	}
	resource, err := resourceName(name)
	words := slices.Concat(cli, []string{"export", account, "--format", t.ID})
	if t.Named && name != "" {
		words = append(words, "--name", name)
	}
	for i, word := range words {
		if !shellWord().MatchString(word) {
			words[i] = "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
		}
	}
	return strings.Join(words, " ") + " --yes | " + strings.ReplaceAll(t.readBy, "{name}", resource), err
}

var shellWord = lazy.Regexp(`^[A-Za-z0-9_./:@-]+$`)

// resourceName is the name of an account's secret: a label as Kubernetes allows
// it (RFC 1123), which the other engines allow as well.
func resourceName(account string) (string, error) {
	name := "amazon-sp-api"
	if account != "" && account != pythonDefault {
		name += "-" + strings.ToLower(strings.ReplaceAll(account, "_", "-"))
	}
	if len(name) > 63 || !label().MatchString(name) {
		return "", &Error{Kind: KindAccountName, Value: ValueAccountName}
	}
	return name, nil
}

var label = lazy.Regexp(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?$`)

func awsSecret(p plain) (string, error) {
	p.account, p.marketplaceID, p.sandbox = "", "", false // the name of the secret tells accounts apart
	entries, err := pythonEnvironment(p)
	return jsonObject(entries), err
}

func vaultKV(p plain) (string, error) {
	entries, err := commonEnvironment(p)
	return jsonObject(entries), err
}

// jsonObject keeps the order of the entries.
func jsonObject(entries []entry) string {
	var b strings.Builder
	for i, e := range entries {
		b.WriteString(map[bool]string{true: "{\n  ", false: ",\n  "}[i == 0] + jsonString(e.key) + ": " + jsonString(e.value))
	}
	b.WriteString("\n}\n")
	return b.String()
}

func jsonString(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string into memory: cannot fail
	return strings.TrimSuffix(b.String(), "\n")
}

func kubernetesSecret(p plain) (string, error) {
	name, err := resourceName(p.account)
	if err != nil {
		return "", err
	}
	entries, err := commonEnvironment(p)
	var b strings.Builder
	b.WriteString("apiVersion: v1\nkind: Secret\nmetadata:\n  name: " + name + "\ntype: Opaque\nstringData:\n")
	for _, e := range entries {
		b.WriteString("  " + e.key + ": " + yamlQuoted(e.value) + "\n")
	}
	return b.String(), err
}
