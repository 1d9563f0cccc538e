package export

import (
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// pythonDefault is the section that python-amazon-sp-api reads when the
// program names no account.
const pythonDefault = "default"

// credentialsYAML is the file of python-amazon-sp-api: a section for each
// account (https://github.com/saleweaver/python-amazon-sp-api,
// sp_api/base/credential_provider.py).
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

// sectionKey is the name of the section as a key, bare if it can only be text.
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

// block is the section with everything in it.
func (f credentialsYAML) block(p plain, indent, ending string) string {
	var b strings.Builder
	b.WriteString(indent + sectionKey(f.section(p)) + ":" + ending)
	for _, item := range f.items(p) {
		b.WriteString(indent + "  " + item[0] + ": " + yamlQuoted(item[1]) + ending)
	}
	return b.String()
}

// merge changes the text, not a tree that is written anew: only so do comments,
// quotation marks and order stay. The parser says where things are, and
// afterwards that the new text means the old one and our values, and nothing
// else. What that does not hold for is refused.
func (f credentialsYAML) merge(existing string, p plain) (string, error) {
	before, err := parseYAML(existing)
	if err != nil {
		return "", err
	}
	e := &yamlEdit{text: existing, ending: lineEnding(existing)}
	if err := f.edit(e, before, p); err != nil {
		return "", err
	}
	after, err := parseYAML(e.text)
	if err != nil {
		return "", &Error{Kind: KindCannotMerge}
	}
	if !f.holds(after, before, p) {
		return "", &Error{Kind: KindCannotMerge}
	}
	return e.text, nil
}

func (f credentialsYAML) has(existing string, p plain) bool {
	root, err := parseYAML(existing)
	if err != nil || root == nil {
		return false
	}
	_, section, err := find(root, f.section(p))
	return err == nil && section != nil && len(section.Content) > 0
}

// parseYAML returns the root mapping of the only document, nil when there is
// nothing but comments.
func parseYAML(text string) (*yaml.Node, error) {
	d := yaml.NewDecoder(strings.NewReader(text))
	var doc, second yaml.Node
	if err := d.Decode(&doc); err != nil {
		if strings.TrimSpace(withoutComments(text)) == "" {
			return nil, nil
		}
		return nil, &Error{Kind: KindCannotMerge}
	}
	// Its reader takes a file of one document only.
	if err := d.Decode(&second); err == nil || second.Kind != 0 {
		return nil, &Error{Kind: KindCannotMerge, Line: second.Line}
	}
	if len(doc.Content) != 1 {
		return nil, &Error{Kind: KindCannotMerge, Line: doc.Line}
	}
	root := doc.Content[0]
	if root.Kind == yaml.ScalarNode && root.Tag == "!!null" && root.Value == "" && root.Anchor == "" {
		return nil, nil
	}
	if root.Kind != yaml.MappingNode {
		return nil, &Error{Kind: KindCannotMerge, Line: root.Line}
	}
	return root, nil
}

// withoutComments takes out lines that are comments.
func withoutComments(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(strings.TrimLeft(line, " \t"), "#") {
			b.WriteString(line)
		}
	}
	return b.String()
}

// edit makes the changes.
func (f credentialsYAML) edit(e *yamlEdit, root *yaml.Node, p plain) error {
	if root == nil {
		if strings.TrimSpace(withoutComments(e.text)) != "" {
			return &Error{Kind: KindCannotMerge} // "---" or "~"
		}
		e.add(f.block(p, "", e.ending))
		return nil
	}
	if root.Style&yaml.FlowStyle != 0 {
		return &Error{Kind: KindCannotMerge, Line: root.Line}
	}
	key, section, err := find(root, f.section(p))
	if err != nil {
		return err
	}
	switch {
	case section == nil:
		e.add(f.block(p, strings.Repeat(" ", root.Column-1), e.ending))
		return nil
	case section.Kind == yaml.MappingNode && section.Style&yaml.FlowStyle == 0 && len(section.Content) > 0:
	case section.Kind == yaml.ScalarNode && section.Tag == "!!null" && section.Value == "" && section.Anchor == "":
		var b strings.Builder
		for _, item := range f.items(p) {
			b.WriteString(strings.Repeat(" ", key.Column+1) + item[0] + ": " + yamlQuoted(item[1]) + e.ending)
		}
		e.insertBelow(key.Line, b.String())
		return nil
	default:
		return &Error{Kind: KindCannotMerge, Line: section.Line}
	}

	// From the last line up, so that the parser's positions stay right.
	var missing []string
	type change struct {
		key, value *yaml.Node
		text       string
	}
	var changes []change
	for _, item := range f.items(p) {
		k, v, err := find(section, item[0])
		if err != nil {
			return err
		}
		if k == nil {
			missing = append(missing, item[0]+": "+yamlQuoted(item[1]))
			continue
		}
		changes = append(changes, change{k, v, yamlQuoted(item[1])})
	}
	for len(changes) > 0 {
		last := 0
		for i, c := range changes {
			if l := changes[last]; c.key.Line > l.key.Line {
				last = i
			}
		}
		c := changes[last]
		changes = append(changes[:last], changes[last+1:]...)
		if err := e.replace(c.key, c.value, c.text); err != nil {
			return err
		}
	}
	if len(missing) == 0 {
		return nil
	}
	first := section.Content[0]
	indent := strings.Repeat(" ", first.Column-1)
	start := e.lineStart(first.Line)
	if !strings.HasPrefix(e.text[start:], indent) {
		return &Error{Kind: KindCannotMerge, Line: first.Line}
	}
	var b strings.Builder
	for _, line := range missing {
		b.WriteString(indent + line + e.ending)
	}
	e.text = e.text[:start] + b.String() + e.text[start:]
	return nil
}

// find returns a key of a mapping and its value, nil when it is not there.
func find(mapping *yaml.Node, name string) (key, value *yaml.Node, err error) {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		k := mapping.Content[i]
		if k.Kind != yaml.ScalarNode || k.Value != name {
			continue
		}
		// Twice, or once as the number 1 where the text "1" is looked for.
		if key != nil || k.ShortTag() != "!!str" {
			return nil, nil, &Error{Kind: KindCannotMerge, Line: k.Line}
		}
		key, value = k, mapping.Content[i+1]
	}
	return key, value, nil
}

// yamlEdit is a text that is being changed.
type yamlEdit struct{ text, ending string }

// add puts a section at the end.
func (e *yamlEdit) add(block string) {
	if !strings.HasSuffix(e.text, "\n") {
		e.text += e.ending
	}
	e.text += block
}

// insertBelow puts lines below a line.
func (e *yamlEdit) insertBelow(line int, block string) {
	end := lineEnd(e.text, e.lineStart(line))
	if end == len(e.text) {
		e.text += e.ending
		end = len(e.text) - 1
	}
	e.text = e.text[:end+1] + block + e.text[end+1:]
}

// lineStart returns where a line, counted from 1, begins.
func (e *yamlEdit) lineStart(line int) int {
	at := 0
	for ; line > 1; line-- {
		at = min(lineEnd(e.text, at)+1, len(e.text))
	}
	return at
}

// offset returns where a node begins; its column counts characters.
func (e *yamlEdit) offset(n *yaml.Node) int {
	at := e.lineStart(n.Line)
	for range n.Column - 1 {
		_, size := utf8.DecodeRuneInString(e.text[at:])
		at += size
	}
	return at
}

// replace puts a new scalar in the place of the value of a key.
func (e *yamlEdit) replace(key, value *yaml.Node, text string) error {
	refuse := &Error{Kind: KindCannotMerge, Line: value.Line}
	if value.Kind != yaml.ScalarNode || value.Anchor != "" || value.Style&(yaml.TaggedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return refuse
	}
	if value.Value == "" && value.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) == 0 {
		// Nothing stands there; the parser's position may be anywhere.
		start := e.offset(key)
		line := e.text[start:lineEnd(e.text, start)]
		colon := strings.Index(line, ":")
		if colon < 0 {
			return refuse
		}
		at := start + colon + 1
		e.text = e.text[:at] + " " + text + e.text[at:]
		return nil
	}
	start := e.offset(value)
	length := yamlScalarLen(e.text[start:])
	if length == 0 {
		return refuse
	}
	e.text = e.text[:start] + text + e.text[start+length:]
	return nil
}

// yamlScalarLen is the length of the scalar that s begins with, as far as it
// stands on one line or in quotation marks. 0 means that it is not known.
func yamlScalarLen(s string) int {
	if s == "" {
		return 0
	}
	switch s[0] {
	case '\'':
		for i := 1; i < len(s); i++ {
			if s[i] != '\'' {
				continue
			}
			if i+1 < len(s) && s[i+1] == '\'' {
				i++
				continue
			}
			return i + 1
		}
		return 0
	case '"':
		return quotedLen(s)
	}
	line := strings.TrimSuffix(s[:lineEnd(s, 0)], "\r")
	return len(strings.TrimRight(beforeComment(line), " \t"))
}

// holds reports that after is before with our values in it.
func (f credentialsYAML) holds(after, before *yaml.Node, p plain) bool {
	if after == nil {
		return false
	}
	name := f.section(p)
	_, section, err := find(after, name)
	if err != nil || section == nil || section.Kind != yaml.MappingNode {
		return false
	}
	for _, item := range f.items(p) {
		_, v, err := find(section, item[0])
		if err != nil || v == nil || v.Kind != yaml.ScalarNode || v.ShortTag() != "!!str" || v.Value != item[1] {
			return false
		}
	}
	var old *yaml.Node
	if before != nil {
		_, old, _ = find(before, name)
	}
	var ours []string
	for _, item := range f.items(p) {
		ours = append(ours, item[0])
	}
	return sameYAML(without(after, name), without(before, name)) && sameYAML(without(section, ours...), without(old, ours...))
}

// without returns what a mapping has beside some keys.
func without(mapping *yaml.Node, keys ...string) *yaml.Node {
	rest := &yaml.Node{Kind: yaml.MappingNode}
	if mapping == nil || mapping.Kind != yaml.MappingNode {
		return rest
	}
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		k := mapping.Content[i]
		ours := false
		for _, key := range keys {
			ours = ours || k.Kind == yaml.ScalarNode && k.Value == key && k.ShortTag() == "!!str"
		}
		if !ours {
			rest.Content = append(rest.Content, k, mapping.Content[i+1])
		}
	}
	return rest
}

// sameYAML compares what two trees mean. Aliases are compared by name.
func sameYAML(a, b *yaml.Node) bool {
	if a.Kind != b.Kind || a.Value != b.Value || a.Anchor != b.Anchor || a.Tag != "" && b.Tag != "" && a.ShortTag() != b.ShortTag() || len(a.Content) != len(b.Content) {
		return false
	}
	for i := range a.Content {
		if !sameYAML(a.Content[i], b.Content[i]) {
			return false
		}
	}
	return true
}
