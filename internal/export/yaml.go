package export

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// pythonDefault is the section that python-amazon-sp-api reads if the program
// names no account.
const pythonDefault = "default"

// credentialsYAML is the file of python-amazon-sp-api: a section for each
// account (https://github.com/saleweaver/python-amazon-sp-api,
// sp_api/base/credential_provider.py).
//
// It is edited as text. A YAML library that keeps comments (goccy/go-yaml was
// tried) still rewrites the blanks, quotation marks and line endings of other
// people's lines when it prints its tree.
type credentialsYAML struct{}

// items are the keys of a section. lwa_app_id is the client ID, despite its
// name.
func (credentialsYAML) items(p plain) [][2]string {
	return [][2]string{
		{"refresh_token", p.refreshToken},
		{"lwa_app_id", p.clientID},
		{"lwa_client_secret", p.clientSecret},
	}
}

func (credentialsYAML) section(p plain) string {
	if p.account == "" {
		return pythonDefault
	}
	return p.account
}

// sectionKey is the name of the section as a key, without quotation marks if it
// can only be a string.
func sectionKey(name string) string {
	bare := !strings.ContainsFunc(name, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') })
	switch strings.ToLower(name) {
	case "y", "n", "yes", "no", "on", "off", "true", "false", "null":
		bare = false
	}
	if bare {
		return name
	}
	return yamlQuoted(name)
}

func (f credentialsYAML) render(p plain) (string, error) {
	return "version: '1.0'\n\n" + f.block(p, "", "\n"), nil
}

// block is the whole section.
func (f credentialsYAML) block(p plain, indent, ending string) string {
	var b strings.Builder
	b.WriteString(indent + sectionKey(f.section(p)) + ":" + ending)
	for _, item := range f.items(p) {
		b.WriteString(indent + "  " + item[0] + ": " + yamlQuoted(item[1]) + ending)
	}
	return b.String()
}

// merge replaces or inserts our items and leaves every other byte alone. The
// parser says where things are and, afterwards, that the new text means the same
// as the old one but for our items, also through aliases and merge keys. If it
// does not, the merge is refused.
func (f credentialsYAML) merge(existing string, p plain) (string, error) {
	root, before, err := parseYAML(existing)
	if err != nil {
		return "", err
	}
	edits, err := f.edits(existing, root, p)
	if err != nil {
		return "", err
	}
	text := apply(existing, edits)
	_, after, err := parseYAML(text)
	if err != nil || !f.holds(after, before, p) {
		return "", &Error{Kind: KindCannotMerge}
	}
	return text, nil
}

func (f credentialsYAML) has(existing string, p plain) bool {
	_, content, err := parseYAML(existing)
	section, _ := sectionOf(content, f.section(p))
	return err == nil && len(section) > 0
}

// parseYAML returns the root mapping of the only document and what it means, or
// nothing if there are only comments.
func parseYAML(text string) (root *yaml.Node, content map[any]any, err error) {
	refuse := func(n yaml.Node) (*yaml.Node, map[any]any, error) {
		return nil, nil, &Error{Kind: KindCannotMerge, Line: n.Line}
	}
	d := yaml.NewDecoder(strings.NewReader(text))
	var doc, second yaml.Node
	if err := d.Decode(&doc); err != nil {
		if onlyComments(text) {
			return nil, nil, nil
		}
		return refuse(doc)
	}
	// Its reader accepts a single document only.
	if err := d.Decode(&second); err == nil || second.Kind != 0 {
		return refuse(second)
	}
	if len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode || doc.Content[0].Style&yaml.FlowStyle != 0 {
		if onlyComments(text) {
			return nil, nil, nil
		}
		return refuse(doc)
	}
	root = doc.Content[0]
	if err := root.Decode(&content); err != nil { // a key is there twice, an alias leads nowhere
		return refuse(*root)
	}
	return root, content, nil
}

func onlyComments(text string) bool {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			return false
		}
	}
	return true
}

// edit replaces text[start:end].
type edit struct {
	start, end int
	text       string
}

func apply(text string, edits []edit) string {
	slices.SortStableFunc(edits, func(a, b edit) int { return b.start - a.start }) // so that offsets stay valid
	for _, e := range edits {
		text = text[:e.start] + e.text + text[e.end:]
	}
	return text
}

// insert makes an edit that adds whole lines at the end or at the start of a
// line.
func insert(text string, at int, lines, ending string) edit {
	if at == len(text) && !strings.HasSuffix(text, "\n") {
		return edit{at, at, ending + lines}
	}
	return edit{at, at, lines}
}

func (f credentialsYAML) edits(text string, root *yaml.Node, p plain) ([]edit, error) {
	ending := lineEnding(text)
	if root == nil {
		return []edit{insert(text, len(text), f.block(p, "", ending), ending)}, nil
	}
	key, section := find(root, f.section(p))
	switch {
	case section == nil:
		return []edit{insert(text, len(text), f.block(p, strings.Repeat(" ", root.Column-1), ending), ending)}, nil
	case isEmptyYAML(section):
		_, items, _ := strings.Cut(f.block(p, strings.Repeat(" ", key.Column-1), ending), ending)
		return []edit{insert(text, lineStart(text, key.Line+1), items, ending)}, nil
	case section.Kind != yaml.MappingNode || section.Style&yaml.FlowStyle != 0 || len(section.Content) == 0:
		return nil, &Error{Kind: KindCannotMerge, Line: section.Line}
	}
	first := section.Content[0]
	top, indent := lineStart(text, first.Line), strings.Repeat(" ", first.Column-1)
	if !strings.HasPrefix(text[top:], indent) {
		return nil, &Error{Kind: KindCannotMerge, Line: first.Line}
	}
	var edits []edit
	missing := ""
	for _, item := range f.items(p) {
		k, v := find(section, item[0])
		if k == nil {
			missing += indent + item[0] + ": " + yamlQuoted(item[1]) + ending
			continue
		}
		start, end := valueSpan(text, k, v)
		if start < 0 {
			return nil, &Error{Kind: KindCannotMerge, Line: v.Line}
		}
		value := yamlQuoted(item[1])
		if start == end {
			value = " " + value
		}
		edits = append(edits, edit{start, end, value})
	}
	return append(edits, edit{top, top, missing}), nil
}

// find returns a key of a mapping and its value, or nil. The key 1 is not the
// key "1".
func find(mapping *yaml.Node, name string) (key, value *yaml.Node) {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if k := mapping.Content[i]; k.Kind == yaml.ScalarNode && k.Value == name && k.ShortTag() == "!!str" {
			return k, mapping.Content[i+1]
		}
	}
	return nil, nil
}

// isEmptyYAML reports a value that is not written at all.
func isEmptyYAML(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Value == "" && n.Anchor == "" && n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.TaggedStyle) == 0
}

// valueSpan returns where a scalar is in the text; start is -1 if it is not
// written on one line or in quotation marks.
func valueSpan(text string, key, value *yaml.Node) (start, end int) {
	if isEmptyYAML(value) {
		// The parser's position is of no use here.
		start = offset(text, key)
		colon := strings.Index(text[start:lineEnd(text, start)], ":")
		if colon < 0 {
			return -1, -1
		}
		return start + colon + 1, start + colon + 1
	}
	if value.Kind != yaml.ScalarNode || value.Anchor != "" || value.Style&(yaml.TaggedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return -1, -1
	}
	start = offset(text, value)
	length := yamlScalarLen(text[start:])
	if length == 0 {
		return -1, -1
	}
	return start, start + length
}

// lineStart returns where a line, counted from 1, begins.
func lineStart(text string, line int) int {
	at := 0
	for ; line > 1; line-- {
		at = min(lineEnd(text, at)+1, len(text))
	}
	return at
}

// offset returns where a node begins; its column counts characters.
func offset(text string, n *yaml.Node) int {
	at := lineStart(text, n.Line)
	for range n.Column - 1 {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

// yamlScalarLen returns the length of the scalar at the start of s, or 0 if it
// is not closed.
func yamlScalarLen(s string) int {
	switch {
	case s == "":
		return 0
	case s[0] == '"':
		return quotedLen(s)
	case s[0] == '\'':
		for i := 1; i < len(s); i++ {
			switch {
			case s[i] != '\'':
			case strings.HasPrefix(s[i:], "''"):
				i++
			default:
				return i + 1
			}
		}
		return 0
	}
	line := strings.TrimSuffix(s[:lineEnd(s, 0)], "\r")
	return len(strings.TrimRight(beforeComment(line), " \t"))
}

// holds reports that after means the same as before, but for our items.
func (f credentialsYAML) holds(after, before map[any]any, p plain) bool {
	name := f.section(p)
	section, ok := sectionOf(after, name)
	old, _ := sectionOf(before, name)
	for _, item := range f.items(p) {
		ok = ok && section[item[0]] == item[1]
		delete(section, item[0])
		delete(old, item[0])
	}
	after, before = maps.Clone(after), maps.Clone(before)
	delete(after, name)
	delete(before, name)
	return ok && equal(section, old) && equal(after, before)
}

func equal(a, b map[any]any) bool { return len(a) == 0 && len(b) == 0 || reflect.DeepEqual(a, b) }

// sectionOf returns a copy of a section.
func sectionOf(content map[any]any, name string) (map[any]any, bool) {
	section := make(map[any]any)
	switch found := content[name].(type) {
	case map[string]any:
		for k, v := range found {
			section[k] = v
		}
	case map[any]any:
		maps.Copy(section, found)
	default:
		return section, false
	}
	return section, true
}
