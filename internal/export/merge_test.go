package export

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/joho/godotenv"
	"go.yaml.in/yaml/v3"

	"github.com/sellerkey/sellerkey/lwa"
)

func short() Values {
	return Values{ClientID: "NEW-ID", ClientSecret: lwa.NewSecret("NEW-SECRET"), RefreshToken: lwa.NewSecret("Atzr|NEW")}
}

func TestMergeYAML(t *testing.T) {
	for _, c := range []struct{ name, account, before, after string }{
		{"empty", "", "", "version: '1.0'\n\ndefault:\n  refresh_token: 'Atzr|NEW'\n  lwa_app_id: 'NEW-ID'\n  lwa_client_secret: 'NEW-SECRET'\n"},
		{"a blank", "", " ", "version: '1.0'\n\ndefault:\n  refresh_token: 'Atzr|NEW'\n  lwa_app_id: 'NEW-ID'\n  lwa_client_secret: 'NEW-SECRET'\n"},
		{"comments only", "", "# mine", "# mine\ndefault:\n  refresh_token: 'Atzr|NEW'\n  lwa_app_id: 'NEW-ID'\n  lwa_client_secret: 'NEW-SECRET'\n"},
		{
			"all replaced", "",
			"# top\nversion: '1.0'\ndefault: # mine\n  refresh_token: \"Atzr|OLD # ' \\\" x\"   # token\n  lwa_app_id: OLD # id\n  lwa_client_secret: 'it''s' # secret\n  role_arn: arn:aws:iam::0:role/x\n# end\n",
			"# top\nversion: '1.0'\ndefault: # mine\n  refresh_token: 'Atzr|NEW'   # token\n  lwa_app_id: 'NEW-ID' # id\n  lwa_client_secret: 'NEW-SECRET' # secret\n  role_arn: arn:aws:iam::0:role/x\n# end\n",
		},
		{
			"other order, some missing", "",
			"default:\n    # the app\n    lwa_app_id: OLD\n    region: eu\nother:\n    refresh_token: KEEP\n",
			"default:\n    # the app\n    refresh_token: 'Atzr|NEW'\n    lwa_client_secret: 'NEW-SECRET'\n    lwa_app_id: 'NEW-ID'\n    region: eu\nother:\n    refresh_token: KEEP\n",
		},
		{
			"another account", "shop",
			"version: '1.0'\ndefault:\n  refresh_token: KEEP\n",
			"version: '1.0'\ndefault:\n  refresh_token: KEEP\nshop:\n  refresh_token: 'Atzr|NEW'\n  lwa_app_id: 'NEW-ID'\n  lwa_client_secret: 'NEW-SECRET'\n",
		},
		{
			"no line end at the end, an account that needs quotation marks", "é: #1",
			"default: {refresh_token: KEEP}",
			"default: {refresh_token: KEEP}\n'é: #1':\n  refresh_token: 'Atzr|NEW'\n  lwa_app_id: 'NEW-ID'\n  lwa_client_secret: 'NEW-SECRET'\n",
		},
		{
			"carriage returns", "",
			"version: '1.0'\r\ndefault:\r\n  refresh_token: OLD\r\n  lwa_client_secret: OLD\r\n",
			"version: '1.0'\r\ndefault:\r\n  lwa_app_id: 'NEW-ID'\r\n  refresh_token: 'Atzr|NEW'\r\n  lwa_client_secret: 'NEW-SECRET'\r\n",
		},
		{
			"byte order mark", "",
			"\ufeffdefault:\n  refresh_token: OLD\n",
			"\ufeffdefault:\n  lwa_app_id: 'NEW-ID'\n  lwa_client_secret: 'NEW-SECRET'\n  refresh_token: 'Atzr|NEW'\n",
		},
		{
			"an empty section", "",
			"default:   # nothing yet\nother:\n  a: b\n",
			"default:   # nothing yet\n  refresh_token: 'Atzr|NEW'\n  lwa_app_id: 'NEW-ID'\n  lwa_client_secret: 'NEW-SECRET'\nother:\n  a: b\n",
		},
		{
			"an empty section at the end", "",
			"default:",
			"default:\n  refresh_token: 'Atzr|NEW'\n  lwa_app_id: 'NEW-ID'\n  lwa_client_secret: 'NEW-SECRET'\n",
		},
		{
			"empty values", "",
			"default:\n  refresh_token:\n  lwa_app_id: # id\n  lwa_client_secret: ''\n",
			"default:\n  refresh_token: 'Atzr|NEW'\n  lwa_app_id: 'NEW-ID' # id\n  lwa_client_secret: 'NEW-SECRET'\n",
		},
		{
			"anchors and merges elsewhere", "",
			"base: &base\n  role_arn: x\ndefault:\n  <<: *base\n  refresh_token: OLD\n",
			"base: &base\n  role_arn: x\ndefault:\n  lwa_app_id: 'NEW-ID'\n  lwa_client_secret: 'NEW-SECRET'\n  <<: *base\n  refresh_token: 'Atzr|NEW'\n",
		},
		{
			"a document mark and a block of text", "",
			"---\nnotes: |\n  default:\n    refresh_token: not me\ndefault:\n  refresh_token: OLD\n  lwa_app_id: OLD\n  lwa_client_secret: OLD\n",
			"---\nnotes: |\n  default:\n    refresh_token: not me\ndefault:\n  refresh_token: 'Atzr|NEW'\n  lwa_app_id: 'NEW-ID'\n  lwa_client_secret: 'NEW-SECRET'\n",
		},
		{
			"quoted keys, columns behind wide letters", "",
			"\"default\":\n  \"refresh_token\": \"古い値\" # 値\n  'lwa_app_id': 古い\n  lwa_client_secret: 古い # x\n",
			"\"default\":\n  \"refresh_token\": 'Atzr|NEW' # 値\n  'lwa_app_id': 'NEW-ID'\n  lwa_client_secret: 'NEW-SECRET' # x\n",
		},
		{
			"a value over two lines", "",
			"default:\n  refresh_token: 'Atzr|\n    OLD' # t\n  lwa_app_id: OLD\n  lwa_client_secret: OLD\n",
			"default:\n  refresh_token: 'Atzr|NEW' # t\n  lwa_app_id: 'NEW-ID'\n  lwa_client_secret: 'NEW-SECRET'\n",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := short()
			v.AccountName = c.account
			x := target(t, "python_file")
			got, err := x.Merge([]byte(c.before), v)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != c.after {
				t.Errorf("got\n%s\nwant\n%s", got, c.after)
			}
			again, err := x.Merge(got, v)
			if err != nil || !bytes.Equal(again, got) {
				t.Errorf("the second time: %v\n%s", err, again)
			}
		})
	}
}

func TestMergeYAMLRefuses(t *testing.T) {
	for name, before := range map[string]string{
		"a list":              "- a\n- b\n",
		"a text":              "hello\n",
		"flow":                "{default: {refresh_token: x}}\n",
		"flow section":        "default: {refresh_token: x}\n",
		"damaged":             "default:\n\trefresh_token: x\n",
		"two documents":       "a: b\n---\ndefault:\n  refresh_token: x\n",
		"document end":        "a: b\n...\n",
		"twice":               "default:\n  refresh_token: x\n  refresh_token: y\n",
		"section twice":       "default:\n  a: x\ndefault:\n  b: y\n",
		"block":               "default:\n  refresh_token: |\n    x\n",
		"anchor":              "default:\n  refresh_token: &t x\nother:\n  refresh_token: *t\n",
		"alias":               "x: &t y\ndefault:\n  refresh_token: *t\n",
		"section is an alias": "x: &t {a: b}\ndefault: *t\n",
		"mapping as value":    "default:\n  refresh_token:\n    a: b\n",
		"section is a text":   "default: x\n",
		"plain over lines":    "default:\n  refresh_token: x\n    y\n",
		"not UTF-8":           "default:\n  x: \xff\n",
		"old line ends":       "default:\r  refresh_token: x\r",
		"tagged":              "default:\n  refresh_token: !!str x\n",
		"only a mark":         "---\n",
		"a number as name":    "12:\n  a: b\n",
		// What another section shares with ours would change with it.
		"ours is another's, by an alias":    "default: &base\n  refresh_token: x\n  lwa_app_id: y\nsecond: *base\n",
		"ours is another's, by a merge key": "default: &base\n  refresh_token: x\nsecond:\n  <<: *base\n  role_arn: z\n",
		"ours is another's, in a list":      "default: &base\n  refresh_token: x\nsecond:\n  <<: [*base]\n",
		"a piece of ours is another's":      "default:\n  nested: &n {a: b}\n  refresh_token: &t x\nsecond:\n  refresh_token: *t\n",
		"ours was added to what is shared":  "default: &base\n  role_arn: x\nsecond:\n  <<: *base\n",
		"shared from below":                 "second: &base\n  refresh_token: x\ndefault: *base\n",
		"an alias to nowhere":               "default:\n  refresh_token: x\nsecond: *base\n",
		"an anchor in itself":               "default: &a\n  x: *a\n",
		"an empty section with an anchor":   "default: &a\nother: *a\n",
	} {
		v := short()
		if name == "a number as name" {
			v.AccountName = "12"
		}
		if got, err := target(t, "python_file").Merge([]byte(before), v); KindOf(err) != KindCannotMerge {
			t.Errorf("%s: %v\n%s", name, err, got)
		}
	}
	if _, err := target(t, "python_file").Merge(make([]byte, maxFile+1), short()); KindOf(err) != KindTooLarge {
		t.Error(err)
	}
	if _, err := target(t, "json").Merge(nil, short()); KindOf(err) != KindNoMerge {
		t.Error(err)
	}
}

func TestMergeEnvironment(t *testing.T) {
	for _, c := range []struct{ name, before, after string }{
		{"empty", "", "LWA_CLIENT_ID='NEW-ID'\nLWA_CLIENT_SECRET='NEW-SECRET'\nLWA_REFRESH_TOKEN='Atzr|NEW'\n"},
		{"blank lines", "\n\n  ", "\n\nLWA_CLIENT_ID='NEW-ID'\nLWA_CLIENT_SECRET='NEW-SECRET'\nLWA_REFRESH_TOKEN='Atzr|NEW'\n"},
		{
			"replaced in place",
			"# top\nDB=\"a b\" # db\n\nexport LWA_CLIENT_ID = old # id\n LWA_CLIENT_SECRET=\"o'l\\\"d#\"   # secret\nLWA_REFRESH_TOKEN='old'\n# LWA_CLIENT_ID=comment\nZ=1\n",
			"# top\nDB=\"a b\" # db\n\nexport LWA_CLIENT_ID = 'NEW-ID' # id\n LWA_CLIENT_SECRET='NEW-SECRET'   # secret\nLWA_REFRESH_TOKEN='Atzr|NEW'\n# LWA_CLIENT_ID=comment\nZ=1\n",
		},
		{
			"all of several", "LWA_CLIENT_ID=a\nLWA_CLIENT_SECRET=\nLWA_CLIENT_ID=b\nLWA_REFRESH_TOKEN=#x",
			"LWA_CLIENT_ID='NEW-ID'\nLWA_CLIENT_SECRET='NEW-SECRET'\nLWA_CLIENT_ID='NEW-ID'\nLWA_REFRESH_TOKEN='Atzr|NEW'#x",
		},
		{
			"missing ones at the end", "A=1\r\nLWA_CLIENT_SECRET=x # y\r\nB=2",
			"A=1\r\nLWA_CLIENT_SECRET='NEW-SECRET' # y\r\nB=2\r\nLWA_CLIENT_ID='NEW-ID'\r\nLWA_REFRESH_TOKEN='Atzr|NEW'\r\n",
		},
		{
			"names inside other values and names",
			"KEY=\"-----BEGIN\nLWA_CLIENT_ID=inside\n-----END\"\nMY_LWA_CLIENT_ID=x\nLWA_CLIENT_ID_2=y\nlwa_client_id=z\n",
			"KEY=\"-----BEGIN\nLWA_CLIENT_ID=inside\n-----END\"\nMY_LWA_CLIENT_ID=x\nLWA_CLIENT_ID_2=y\nlwa_client_id=z\nLWA_CLIENT_ID='NEW-ID'\nLWA_CLIENT_SECRET='NEW-SECRET'\nLWA_REFRESH_TOKEN='Atzr|NEW'\n",
		},
		{
			"lines that are no assignments, and values with blanks",
			"set -a\n. ./other.env\nexport PATH\nA=b c d\nURL=https://x.example/?a=1&b={2} # (see below\nJSON={\"a\": 1}\nLWA_CLIENT_ID=amzn1.x.0\nLWA_CLIENT_SECRET=amzn1.oa2-cs.v1.0\nLWA_REFRESH_TOKEN=Atzr|a+b/c=\n",
			"set -a\n. ./other.env\nexport PATH\nA=b c d\nURL=https://x.example/?a=1&b={2} # (see below\nJSON={\"a\": 1}\nLWA_CLIENT_ID='NEW-ID'\nLWA_CLIENT_SECRET='NEW-SECRET'\nLWA_REFRESH_TOKEN='Atzr|NEW'\n",
		},
		{"byte order mark", "\ufeffLWA_CLIENT_ID=a\nLWA_CLIENT_SECRET=a\nLWA_REFRESH_TOKEN: a\n", "\ufeffLWA_CLIENT_ID='NEW-ID'\nLWA_CLIENT_SECRET='NEW-SECRET'\nLWA_REFRESH_TOKEN: 'Atzr|NEW'\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := target(t, "dotenv")
			got, err := x.Merge([]byte(c.before), short())
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != c.after {
				t.Errorf("got\n%q\nwant\n%q", got, c.after)
			}
			again, err := x.Merge(got, short())
			if err != nil || !bytes.Equal(again, got) {
				t.Errorf("the second time: %v\n%s", err, again)
			}
		})
	}
}

func TestMergeEnvironmentRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		before string
		line   int
	}{
		"never closed":      {"A=1\nB=\"x\nC=2\n", 2},
		"more behind it":    {"A='a\nb'\nB='a'\"b\"\n", 3},
		"ours never closed": {"LWA_CLIENT_ID='x\n", 1},
		"not UTF-8":         {"A=1\nB=\xff\n", 2},
		"UTF-16":            {"A\x00=\x001\x00", 1},
		// A shell reads more than one assignment on the line.
		"two on a line":           {"A=1\nLWA_CLIENT_ID=a OTHER=c\n", 2},
		"two, a semicolon":        {"LWA_CLIENT_ID=a; OTHER=c\n", 1},
		"two, no blank":           {"LWA_CLIENT_ID=a;OTHER=c\n", 1},
		"three, exported":         {"export LWA_CLIENT_ID=a LWA_CLIENT_SECRET=b OTHER=c\n", 1},
		"two, a condition":        {"LWA_CLIENT_ID=a && OTHER=c\n", 1},
		"two, ours quoted":        {"LWA_CLIENT_ID='a' OTHER=c\n", 1},
		"two, a tab":              {"LWA_CLIENT_ID=a\tOTHER=c\n", 1},
		"a command of ours":       {"LWA_CLIENT_ID=$(cat id)\n", 1},
		"a command in quotes":     {"LWA_CLIENT_ID=\"$(cat \"id\")\"\n", 1},
		"a redirection":           {"LWA_CLIENT_ID=a >log\n", 1},
		"an adjoining quotation":  {"LWA_CLIENT_ID=a'b c'\n", 1},
		"an escaped blank":        {"LWA_CLIENT_ID=a\\ b\n", 1},
		"a continued value":       {"LWA_CLIENT_ID=a\\\nOTHER=c\n", 1},
		"ours is in another's":    {"FOO=a\\\nLWA_CLIENT_ID=x\n", 1},
		"in a here-document":      {"A=1\nFOO=$(cat <<EOF\nLWA_CLIENT_ID=x\nEOF\n)\n", 2},
		"in a quoted one":         {"FOO=\"$(cat <<EOF\nLWA_CLIENT_ID=x\nEOF\n)\"\n", 1},
		"in one without a name":   {"cat <<'EOF' >x\nLWA_CLIENT_ID=x\nEOF\n", 1},
		"in a list":               {"FOO=(a\nLWA_CLIENT_ID=x\n)\n", 1},
		"in a backquoted command": {"FOO=a`\nLWA_CLIENT_ID=x\n`\n", 1},
		"in an echoed text":       {"echo \"\nLWA_CLIENT_ID=x\n\"\n", 1},
		"behind an apostrophe":    {"NAME=O'Brien\nLWA_CLIENT_ID=x\nB='\n", 1},
		"in a function":           {"f() {\nLWA_CLIENT_ID=x\n}\n", 1},
	} {
		_, err := target(t, "dotenv").Merge([]byte(c.before), short())
		if e, ok := err.(*Error); !ok || e.Kind != KindCannotMerge || e.Line != c.line {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestMergeNodeFile(t *testing.T) {
	got, err := target(t, "node_file").Merge([]byte("# \"mine\nOTHER=a=b\n SELLING_PARTNER_APP_CLIENT_ID = \"old=\" # x \r\nSELLING_PARTNER_APP_CLIENT_SECRET: x\n"), short())
	want := "# \"mine\nOTHER=a=b\n SELLING_PARTNER_APP_CLIENT_ID = NEW-ID \r\nSELLING_PARTNER_APP_CLIENT_SECRET: x\nSELLING_PARTNER_APP_CLIENT_SECRET=NEW-SECRET\n"
	if err != nil || string(got) != want {
		t.Errorf("%v\n%q\n%q", err, got, want)
	}
	same(t, short(), readNodeFile(string(got)), "SELLING_PARTNER_APP_CLIENT_ID", "SELLING_PARTNER_APP_CLIENT_SECRET", "")
}

func FuzzMergeYAML(f *testing.F) {
	for _, s := range []string{
		"", "default:\n  refresh_token: x\n", "a: [1, {b: c}]\r\ndefault:\r\n", "\ufeff# x\n", "? a\n: b\n", "default: &a\n  x: *a\n",
		"default:\n  refresh_token: 'a''b' # c\n  lwa_app_id: \"\\u0041\"\n", "--- !!map\ndefault:\n", "default:\n- a\n",
	} {
		f.Add(s, "Atzr|NEW", "")
	}
	f.Fuzz(func(t *testing.T, before, token, account string) {
		v := short()
		v.RefreshToken, v.AccountName = lwa.NewSecret(token), account
		x, _ := Find("python_file")
		after, err := x.Merge([]byte(before), v)
		if err != nil {
			if KindOf(err) == "" {
				t.Fatal("not our error")
			}
			return
		}
		var old, now map[string]any
		if yaml.Unmarshal([]byte(before), &old) != nil {
			return // parsed, but no mapping of texts: an anchor within itself
		}
		if err := yaml.Unmarshal(after, &now); err != nil {
			t.Fatalf("%v in\n%s", err, after)
		}
		if account == "" {
			account = "default"
		}
		section, _ := now[account].(map[string]any)
		if odd, ok := now[account].(map[any]any); ok { // there are keys that are no texts
			section = map[string]any{
				"refresh_token": odd["refresh_token"], "lwa_app_id": odd["lwa_app_id"], "lwa_client_secret": odd["lwa_client_secret"],
			}
		}
		if section["refresh_token"] != token || section["lwa_app_id"] != "NEW-ID" || section["lwa_client_secret"] != "NEW-SECRET" {
			t.Fatalf("read back %v from\n%s", section, after)
		}
		for key := range old {
			if _, ok := now[key]; !ok {
				t.Fatalf("%q was lost", key)
			}
		}
		again, err := x.Merge(after, v)
		if err != nil || !bytes.Equal(again, after) {
			t.Fatalf("the second time: %v\n%q\n%q", err, after, again)
		}
	})
}

func FuzzMergeEnvironment(f *testing.F) {
	for _, s := range []string{"", "A=1\nLWA_CLIENT_ID=\"x\"\n", "export A='b\nc' # d\r\n", "LWA_REFRESH_TOKEN: x # y", "A=\\\nB=1\n", "\ufeffA\n=\n", "AWS_ENV='SANDBOX'\nLWA_CLIENT_SECRET=x"} {
		f.Add(s, "Atzr|NEW")
	}
	f.Fuzz(func(t *testing.T, before, token string) {
		v := short()
		v.RefreshToken = lwa.NewSecret(token)
		for _, id := range []string{"dotenv", "python_env", "node_file"} {
			x, _ := Find(id)
			after, err := x.Merge([]byte(before), v)
			if err != nil {
				if KindOf(err) == "" {
					t.Fatal("not our error")
				}
				continue
			}
			again, err := x.Merge(after, v)
			if err != nil || !bytes.Equal(again, after) {
				t.Fatalf("%s, the second time: %v\n%q\n%q", id, err, after, again)
			}
			if id == "node_file" {
				got := readNodeFile(string(after))
				if got["SELLING_PARTNER_APP_CLIENT_ID"] != "NEW-ID" || got["SELLING_PARTNER_APP_CLIENT_SECRET"] != "NEW-SECRET" {
					t.Fatalf("read back %v from %q", got, after)
				}
				continue
			}
			// Whatever else the reader made of the file before, it makes of it
			// now, and ours beside.
			// (The line break: it reads a last line without one more kindly.)
			old, err := godotenv.Unmarshal(strings.TrimPrefix(before, "\ufeff") + "\n")
			if err != nil {
				continue
			}
			now, err := godotenv.Unmarshal(strings.TrimPrefix(string(after), "\ufeff"))
			if err != nil {
				t.Fatalf("%s: %v in %q", id, err, after)
			}
			names := environments()[id]
			if now[names[0]] != "NEW-ID" || now[names[1]] != "NEW-SECRET" || now[names[2]] != token {
				t.Fatalf("%s: read back %q from %q", id, now, after)
			}
			for key, value := range old {
				if !slices.Contains(append(names[:], "AWS_ENV", "SP_API_BASE_URL"), key) && now[key] != value && !strings.ContainsAny(before, "$") {
					t.Fatalf("%s: %q was %q and is %q", id, key, value, now[key])
				}
			}
		}
	})
}

// FuzzQuoting reads every text back with the reader that the test has.
func FuzzQuoting(f *testing.F) {
	f.Add("Atzr|EXAMPLE=", "a'b\"c\\d$e#f")
	f.Add("é日本🎉\ufeff\u200b\U000e0001", "'")
	f.Fuzz(func(t *testing.T, id, token string) {
		v := short()
		v.ClientID, v.RefreshToken = id, lwa.NewSecret(token)
		for _, x := range Targets() {
			v.Marketplace = "BR"
			s, err := x.Render(v)
			if err != nil {
				continue
			}
			text := s.Reveal()
			switch x.ID {
			case "python_file":
				var got map[string]any
				if err := yaml.Unmarshal([]byte(text), &got); err != nil {
					t.Fatal(err)
				}
				section, _ := got["default"].(map[string]any)
				if section["lwa_app_id"] != id || section["refresh_token"] != token {
					t.Fatalf("%q: %v", text, section)
				}
			case "dotenv":
				got, err := godotenv.Unmarshal(text)
				if err != nil || got["LWA_CLIENT_ID"] != id || got["LWA_REFRESH_TOKEN"] != token {
					t.Fatalf("%v: %q: %q", err, text, got)
				}
			case "node_file":
				if got := readNodeFile(text); got["SELLING_PARTNER_APP_CLIENT_ID"] != id {
					t.Fatalf("%q: %q", text, got)
				}
			case "amazon_csharp":
				if got := literals(t, text, '"', unquoteCSharp); got[0] != id || got[2] != token {
					t.Fatalf("%q: %q", text, got)
				}
			case "php_jlevers":
				if got := literals(t, text, '\'', unquotePHP); got[0] != id || got[2] != token {
					t.Fatalf("%q: %q", text, got)
				}
			}
		}
	})
}
