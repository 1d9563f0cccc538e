package paste

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// notation writes names and values as people keep them.
type notation struct {
	name       string
	head, foot string
	line       string // with %s for name and value
	sep        string
}

func notations() []notation {
	return []notation{
		{"env", "", "\n", "%s=%s", "\n"},
		{"env, quoted", "# Amazon\n", "\n", `%s="%s"`, "\n"},
		{"env, comments behind", "", "", "%s=%s   # do not share", "\n"},
		{"export", "", "\n", "export %s='%s'", "\n"},
		{"PowerShell", "", "", `$env:%s = "%s"`, "\r\n"},
		{"Windows", "", "", "set %s=%s", "\r\n"},
		{"JSON", "{\n", "\n}\n", `  "%s": "%s"`, ",\n"},
		{"JSON in one line", "{", "}", `"%s":"%s"`, ","},
		{"JSON in JSON", `"{`, `}"`, `\"%s\":\"%s\"`, ","},
		{"MCP", "\"env\": {\n", "\n}", "      \"%s\": \"%s\"", ",\n"},
		{"YAML", "default:\n", "\n", "  %s: %s", "\n"},
		{"YAML, quoted", "", "\n", "%s: '%s'", "\n"},
		{"compose", "environment:\n", "\n", "  - %s=%s", "\n"},
		{"Kubernetes", "env:\n", "\n", "- name: %s\n  value: \"%s\"", "\n"},
		{"TOML", "[amazon]\n", "\n", "%s = \"%s\"", "\n"},
		{"Python", "credentials = dict(\n", ",\n)\n", "    %s='%s'", ",\n"},
		{"os.environ", "import os\n", "\n", "os.environ['%s'] = '%s'", "\n"},
		{"PHP", "$config = [\n", ",\n];\n", "    '%s' => '%s'", ",\n"},
		{"PHP, indexed", "", "", "$config['%s'] = '%s';", "\n"},
		{"PHP, define", "<?php\n", "", "define('%s', '%s');", "\n"},
		{"C#", "new Credentials {\n", "\n};", "  %s = \"%s\"", ",\n"},
		{"Java", "", "", ".%s(\"%s\")", "\n"},
		{"XML", "<appSettings>\n", "\n</appSettings>", `<add key="%s" value="%s" />`, "\n"},
		{"curl", "curl https://api.amazon.com/auth/o2/token", "", " -d '%s=%s'", ""},
		{"form body", "grant_type=refresh_token&", "", "%s=%s", "&"},
		{"spreadsheet", "", "\n", "%s\t%s", "\n"},
		{"Markdown table", "| Name | Value |\n|---|---|\n", "", "| %s | `%s` |", "\n"},
		{"note", "", "", "%s: %s", "\n"},
		{"note, full-width", "", "", "%s：%s", "\n"},
		{"note, brackets", "", "", "【%s】\n%s", "\n\n"},
		{"note, curly", "", "", "%s = “%s”", "\n"},
		{"quoted mail", "> Oi,\n> \n> ", "\n> \n> Obrigado", "%s: %s", "\n> "},
		{"bullets", "", "", "• %s: %s", "\n"},
		{"chat", "", "", "[10:31, 12/11/2026] Maria: %s: %s", "\n"},
	}
}

// accidents are what happens to a text on the way and loses nothing.
func accidents() []func(string) string {
	return []func(string) string{
		func(s string) string { return s },
		func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
		func(s string) string { return strings.ReplaceAll(s, "\n", "\n\n") },
		strings.NewReplacer(`"`, "”", `'`, "’").Replace,
		strings.NewReplacer("=", "＝", ":", "：", "|", "｜").Replace,
		strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;").Replace,
	}
}

// TestNotations: whatever credentials are written down in whatever notation, in
// any order, beside what else is kept there and after an accident, come back as
// they were.
func TestNotations(t *testing.T) {
	pick := func(alphabet string, n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = alphabet[rand.N(len(alphabet))]
		}
		return string(b)
	}
	const hex, upper = "0123456789abcdef", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	for round := range 60 {
		id, token, seller := "amzn1.application-oa2-client."+pick(hex, 32), "Atzr|IwEBI"+pick(letters, 250+rand.N(200)), "A"+pick(upper, 12)+"7"
		secret := pick(hex, 64)
		if round%4 < 2 {
			secret = "amzn1.oa2-cs.v1." + secret
		}
		for _, n := range notations() {
			pairs := [][2]string{
				{"LWA_CLIENT_ID", id},
				{"LWA_CLIENT_SECRET", secret},
				{"SP_API_REFRESH_TOKEN", token},
				{"SELLER_ID", seller},
				{"JWT_SECRET", pick(hex, 64)},
				{"KEEPA_KEY", pick(letters[26:62], 64)},
				{"OPENAI_API_KEY", "sk-proj-" + pick(letters, 60)},
				{"DEBUG", "true"},
				{"ADS_REFRESH_TOKEN", "Atzr|IwEBI" + pick(letters, 300)},
			}
			rand.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
			var lines []string
			for _, p := range pairs {
				lines = append(lines, fmt.Sprintf(n.line, p[0], p[1]))
			}
			text := accidents()[round%len(accidents())](n.head + strings.Join(lines, n.sep) + n.foot)
			f, err := FindCredentials(text)
			if err != nil || f.ClientID != id || f.ClientSecret.Reveal() != secret || f.SellerID != seller || len(f.Refresh) != 1 || f.Refresh[0].Token.Reveal() != token || f.Region != "" || f.Sandbox {
				t.Fatalf("%s: %v, %+v, secret %q, tokens %d\n%s", n.name, err, f, f.ClientSecret.Reveal(), len(f.Refresh), text)
			}
		}
	}
}
