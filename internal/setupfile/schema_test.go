package setupfile

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/lwa"
)

const schemaFile = "../../docs/setup-file.schema.json"

// -update rewrites the schema.
var update = flag.Bool("update", false, "write docs/setup-file.schema.json")

// object keeps the order of a JSON object.
type object [][2]any

func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, kv := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		for j, x := range kv {
			if j > 0 {
				b.WriteByte(':')
			}
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(false)
			if err := e.Encode(x); err != nil {
				return nil, err
			}
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// schema is the JSON Schema of the format, made of the limits that the reader
// has. What it cannot say (secrets, bidirectional tricks, Amazon's hosts) only
// the reader checks.
func schema() object {
	text := func(about string, most int, more ...[2]any) object {
		return append(object{{"description", about}, {"type", "string"}, {"minLength", 1}, {"maxLength", most}}, more...)
	}
	var codes []string
	for _, m := range lwa.Marketplaces() {
		codes = append(codes, m.Code)
	}
	label := object{}
	for _, l := range i18n.Tags() {
		label = append(label, [2]any{l, object{{"type", "string"}, {"minLength", 1}, {"maxLength", maxLabel}}})
	}
	return object{
		{"$schema", "https://json-schema.org/draft/2020-12/schema"},
		{"$id", "https://github.com/sellerkey/sellerkey/blob/main/docs/setup-file.schema.json"},
		{"title", "SellerKey setup file"},
		{"description", "What a tool provider can hand to its sellers. See setup-file.md. A file holds no secret."},
		{"type", "object"},
		{"required", []string{"version", "provider", "boxes"}},
		{"additionalProperties", false},
		{"properties", object{
			{"version", object{{"description", "The version of this format."}, {"const", Version}}},
			{"provider", text("Your name, as your sellers know it.", maxName)},
			{"support", text("Where sellers get help: an email address or an https link.", maxSupport)},
			{"application_id", text("The application ID of your app. Without it, the seller has an app of their own.", maxID,
				[2]any{"pattern", `^amzn1\.(sp|sellerapps)\.`})},
			{"marketplaces", object{
				{"description", "Country codes; the first one is offered first."},
				{"type", "array"},
				{"minItems", 1},
				{"uniqueItems", true},
				{"items", object{{"enum", codes}}},
			}},
			{"consent_host", object{{"description", "A Seller or Vendor Central host, if not the marketplace's usual one."}, {"type", "string"}, {"minLength", 1}}},
			{"draft", object{{"description", "The app is not published yet."}, {"type", "boolean"}}},
			{"vendor", object{{"description", "The app is for Vendor Central."}, {"type", "boolean"}}},
			{"state", text("A check value that is the same for every seller.", maxState, [2]any{"pattern", "^[!-~]+$"})},
			{"redirect_uri", text("Only if it is not the first redirect URI of the app.", maxLink, [2]any{"pattern", "^https://[^#]+$"})},
			{"return_page", object{{"description", "The redirect URI shows SellerKey's return page, see return-page.md."}, {"type", "boolean"}}},
			{"registration_page", text("The page with the boxes.", maxLink, [2]any{"pattern", "^https://"})},
			{"boxes", object{
				{"description", "The boxes of the registration page, from top to bottom."},
				{"type", "array"},
				{"minItems", 1},
				{"maxItems", maxBoxes},
				{"items", object{
					{"type", "object"},
					{"required", []string{"value", "label"}},
					{"additionalProperties", false},
					{"properties", object{
						{"value", object{{"description", "What goes into the box."}, {"enum", value.All()}}},
						{"label", object{
							{"description", "The text beside the box on your page, by language."},
							{"type", "object"},
							{"minProperties", 1},
							{"additionalProperties", false},
							{"properties", label},
						}},
					}},
				}},
			}},
		}},
		{"if", object{{"properties", object{{"boxes", object{
			{"contains", object{{"properties", object{{"value", object{{"const", value.Code}}}}}}},
		}}}}}},
		{"then", object{{"required", []string{"application_id"}}}},
	}
}

func TestTheSchemaIsInStep(t *testing.T) {
	raw, err := json.Marshal(schema())
	if err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	if err := json.Indent(&want, raw, "", "  "); err != nil {
		t.Fatal(err)
	}
	want.WriteByte('\n')
	if *update {
		if err := os.WriteFile(schemaFile, want.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(schemaFile)
	if err != nil || !bytes.Equal(bytes.ReplaceAll(got, []byte("\r\n"), []byte("\n")), want.Bytes()) {
		t.Errorf("%s is not what the reader checks; go test ./internal/setupfile -update rewrites it (%v)", schemaFile, err)
	}
}

// The schema has the keys that the reader reads: a full file has them all.
func TestTheSchemaHasEveryKey(t *testing.T) {
	data, err := good().Encode()
	if err != nil {
		t.Fatal(err)
	}
	var tree map[string]any
	if err := toml.Unmarshal(data, &tree); err != nil {
		t.Fatal(err)
	}
	raw, _ := json.Marshal(schema())
	var s struct{ Properties map[string]any }
	if err := json.Unmarshal(raw, &s); err != nil {
		t.Fatal(err)
	}
	for key := range s.Properties {
		if _, ok := tree[key]; !ok {
			t.Errorf("%s is in the schema and not in a full file", key)
		}
	}
	if len(tree) != len(s.Properties) {
		t.Errorf("%d keys in a full file, %d in the schema", len(tree), len(s.Properties))
	}
}

const validate = `
import json, sys
try:
    import jsonschema
except ImportError:
    print("none"); sys.exit()
schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
v = jsonschema.Draft202012Validator(schema)
print(json.dumps([v.is_valid(x) for x in json.load(sys.stdin)]))
`

// absent skips a test whose program is not on this computer. Where
// scripts/consumers has installed it, that is a failure.
func absent(t *testing.T, name string) {
	t.Helper()
	if os.Getenv("SELLERKEY_TEST_CONSUMERS") != "" {
		t.Fatalf("%s should be here", name)
	}
	t.Skipf("%s is not on this computer: the schema was not put to a validator", name)
}

// What a validator of JSON Schema lets through and what it refuses.
func TestTheSchemaByAValidator(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		absent(t, "python3")
	}
	var names []string
	var trees []any
	paths, _ := filepath.Glob(examples + "/*")
	for _, name := range []string{
		"newer_version", "no_version", "version_text", "unknown_key", "unknown_key_in_box", "unknown_table", "wrong_type_draft", "wrong_type_marketplace",
		"wrong_type_label", "wrong_type_boxes", "empty_marketplaces", "no_provider", "provider_too_long", "no_application_id", "application_id_is_a_link",
		"client_id_instead", "unknown_marketplace", "duplicate_marketplace", "bad_state", "bad_redirect_uri_http", "bad_redirect_uri_fragment",
		"link_not_https", "link_too_long", "no_boxes", "too_many_boxes", "unknown_box_value", "box_without_value", "label_missing", "label_too_long", "unknown_language",
	} {
		paths = append(paths, "testdata/bad/"+name+".toml")
	}
	for _, path := range paths {
		var tree map[string]any
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := toml.Unmarshal(data, &tree); err != nil {
			t.Fatal(err)
		}
		names, trees = append(names, path), append(trees, tree)
	}
	for i, f := range []Form{FormOf(good()), filled()} {
		data, err := f.Encode()
		if err != nil {
			t.Fatal(err)
		}
		var tree map[string]any
		if err := toml.Unmarshal(data, &tree); err != nil {
			t.Fatal(err)
		}
		names, trees = append(names, fmt.Sprintf("%s: what the form writes, %d", examples, i)), append(trees, tree)
	}
	input, _ := json.Marshal(trees)
	cmd := exec.Command(python, "-W", "ignore", "-c", validate, schemaFile)
	cmd.Stdin = bytes.NewReader(input)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	if strings.TrimSpace(string(out)) == "none" {
		absent(t, "the jsonschema module")
	}
	var valid []bool
	if err := json.Unmarshal(out, &valid); err != nil {
		t.Fatal(err)
	}
	for i, ok := range valid {
		if want := strings.HasPrefix(names[i], examples); ok != want {
			t.Errorf("%s: valid is %v", names[i], ok)
		}
	}
}
