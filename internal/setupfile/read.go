package setupfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
)

const byteOrderMark = "\ufeff"

// ReadFile reads the setup file at path. Errors are [*Error]; those of the file
// system have one problem without a key.
func (r Rules) ReadFile(path string) (File, error) {
	fail := func(err error) (File, error) {
		e := refuse(KindFailed)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			e = refuse(KindNotFound)
		case errors.Is(err, fs.ErrPermission):
			e = refuse(KindRefused)
		}
		e.cause = err
		return File{}, e
	}
	// First look, then open: opening a pipe would wait for its other end.
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return fail(err)
	case !info.Mode().IsRegular():
		return File{}, refuse(KindNotAFile)
	}
	f, err := os.Open(path)
	if err != nil {
		return fail(err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, MaxSize+1))
	if err != nil {
		return fail(err)
	}
	return r.Read(data)
}

// Read reads a setup file. Errors are [*Error]. A file with a secret in it is
// refused before anything else is said about it, so that no word of it can get
// into another message.
func (r Rules) Read(data []byte) (File, error) {
	if len(data) > MaxSize {
		return File{}, refuse(KindTooLarge)
	}
	if !utf8.Valid(data) {
		return File{}, refuse(KindNotUTF8)
	}
	text := strings.TrimPrefix(string(data), byteOrderMark)
	if strings.TrimSpace(text) == "" {
		return File{}, refuse(KindEmpty)
	}
	if line := secretLine(text); line > 0 {
		return File{}, &Error{Problems: []Problem{{Kind: KindSecretInside, Line: line}}}
	}
	if line := tooNested(text); line > 0 {
		return File{}, &Error{Problems: []Problem{{Kind: KindBadTOML, Line: line}}}
	}
	var tree map[string]any
	if _, err := toml.Decode(text, &tree); err != nil {
		p := Problem{Kind: KindBadTOML}
		var pe toml.ParseError
		if errors.As(err, &pe) {
			p.Line = pe.Position.Line // nothing else of it: its message quotes the file
		}
		return File{}, &Error{Problems: []Problem{p}}
	}
	lines := keyLines(text)
	if path, found := secretIn(tree, ""); found {
		return File{}, &Error{Problems: []Problem{{Kind: KindSecretInside, Line: lines.of(path)}}}
	}
	if v, ok := tree["version"].(int64); ok && v > Version {
		return File{}, &Error{Problems: []Problem{{Kind: KindNewerVersion, Key: "version", Line: lines.of("version")}}}
	}
	d := decoder{}
	f := d.file(tree)
	problems := d.problems
	for _, p := range r.Check(f) {
		// What could not be read was said already.
		if !slices.ContainsFunc(d.problems, func(q Problem) bool {
			return p.Key == q.Key || strings.HasPrefix(p.Key, q.Key+".") || strings.HasPrefix(p.Key, q.Key+"[")
		}) {
			problems = append(problems, p)
		}
	}
	if len(problems) == 0 {
		return f, nil
	}
	for i := range problems {
		problems[i].Line = lines.of(problems[i].Key)
	}
	slices.SortStableFunc(problems, func(a, b Problem) int { return a.Line - b.Line })
	return File{}, &Error{Problems: problems}
}

// decoder turns the tree of a TOML file into a File and collects what does
// not fit.
type decoder struct{ problems []Problem }

func (d *decoder) problem(kind Kind, key string) {
	d.problems = append(d.problems, Problem{Kind: kind, Key: key})
}

func (d *decoder) file(tree map[string]any) File {
	var f File
	for _, key := range sortedKeys(tree) {
		v := tree[key]
		switch key {
		case "version":
			n, ok := v.(int64)
			if f.Version = int(n); !ok || n < 1 {
				d.problem(KindWrongType, key)
			}
		case "provider":
			f.Provider = d.text(v, key)
		case "support":
			f.Support = d.text(v, key)
		case "application_id":
			f.ApplicationID = d.text(v, key)
		case "marketplaces":
			f.Marketplaces = d.texts(v, key)
		case "consent_host":
			f.ConsentHost = d.text(v, key)
		case "draft":
			f.Draft = d.yes(v, key)
		case "vendor":
			f.Vendor = d.yes(v, key)
		case "state":
			f.State = d.text(v, key)
		case "redirect_uri":
			f.RedirectURI = d.text(v, key)
		case "registration_page":
			f.RegistrationPage = d.text(v, key)
		case "boxes":
			f.Boxes = d.boxes(v)
		default:
			d.problem(KindUnknownKey, showKey(key))
		}
	}
	if _, ok := tree["version"]; !ok {
		d.problem(KindNoVersion, "version")
	}
	return f
}

func (d *decoder) boxes(v any) []Box {
	list, ok := v.([]map[string]any)
	if !ok {
		// boxes = [{…}] comes as a list of anything.
		items, isList := v.([]any)
		for _, item := range items {
			if m, isTable := item.(map[string]any); isTable {
				list = append(list, m)
			}
		}
		if !isList || len(list) != len(items) {
			d.problem(KindWrongType, "boxes")
			return nil
		}
	}
	boxes := make([]Box, 0, len(list))
	for i, table := range list {
		path := fmt.Sprintf("boxes[%d]", i+1)
		var b Box
		for _, key := range sortedKeys(table) {
			switch key {
			case "value":
				b.Value = Value(d.text(table[key], path+".value"))
			case "label":
				b.Label = d.label(table[key], path+".label")
			default:
				d.problem(KindUnknownKey, path+"."+showKey(key))
			}
		}
		boxes = append(boxes, b)
	}
	return boxes
}

func (d *decoder) label(v any, path string) map[string]string {
	table, ok := v.(map[string]any)
	if !ok {
		d.problem(KindWrongType, path)
		return nil
	}
	label := make(map[string]string)
	for _, key := range sortedKeys(table) {
		if !slices.Contains(Languages(), key) {
			d.problem(KindUnknownLanguage, path+"."+showKey(key))
			continue
		}
		label[key] = d.text(table[key], path+"."+key)
	}
	return label
}

// text reads a text. An empty one is refused: leaving the line out says the
// same without a doubt.
func (d *decoder) text(v any, key string) string {
	s, ok := v.(string)
	if !ok {
		d.problem(KindWrongType, key)
	} else if strings.TrimSpace(s) == "" {
		d.problem(KindEmptyValue, key)
	}
	return s
}

func (d *decoder) yes(v any, key string) bool {
	b, ok := v.(bool)
	if !ok {
		d.problem(KindWrongType, key)
	}
	return b
}

func (d *decoder) texts(v any, key string) []string {
	list, ok := v.([]any)
	if !ok {
		d.problem(KindWrongType, key)
		return nil
	}
	if len(list) == 0 {
		d.problem(KindEmptyValue, key)
	}
	texts := make([]string, 0, len(list))
	for _, item := range list {
		s, ok := item.(string)
		if !ok {
			d.problem(KindWrongType, key)
			return nil
		}
		texts = append(texts, s)
	}
	return texts
}

func sortedKeys(table map[string]any) []string {
	keys := make([]string, 0, len(table))
	for key := range table {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// showKey makes a key that somebody else chose safe to show.
func showKey(key string) string {
	const most = 40
	shown := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, key)
	if len(shown) > most {
		shown = shown[:most] + "..."
	}
	return shown
}

// lineIndex says where keys stand. It is made by looking at the lines, because
// the parser does not tell; it is right for files written the usual way, and
// says 0 where it does not know.
type lineIndex map[string]int

func keyLines(text string) lineIndex {
	index := make(lineIndex)
	table, boxes := "", 0
	note := func(path string, n int) {
		if _, ok := index[path]; !ok && path != "" {
			index[path] = n
		}
	}
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "[["):
			name, _, _ := strings.Cut(line[2:], "]]")
			if table = strings.TrimSpace(name); table == "boxes" {
				boxes++
				table = fmt.Sprintf("boxes[%d]", boxes)
				note("boxes", n)
			}
			note(table, n)
		case strings.HasPrefix(line, "["):
			name, _, _ := strings.Cut(line[1:], "]")
			if table = bareKey(name); table == "boxes.label" {
				table = fmt.Sprintf("boxes[%d].label", boxes)
			}
			note(table, n)
		default:
			key, value, ok := strings.Cut(line, "=")
			if key = bareKey(key); !ok || key == "" || strings.HasPrefix(line, "#") {
				continue
			}
			if table != "" {
				key = table + "." + key
			}
			note(key, n)
			if strings.HasSuffix(key, ".label") { // label = { en = "…" }
				for _, l := range Languages() {
					if strings.Contains(value, l) {
						note(key+"."+l, n)
					}
				}
			}
		}
	}
	return index
}

// bareKey takes blanks and quotation marks off a key as it is written.
func bareKey(key string) string {
	parts := strings.Split(key, ".")
	for i := range parts {
		parts[i] = showKey(strings.Trim(strings.TrimSpace(parts[i]), `"'`))
	}
	return strings.Join(parts, ".")
}

// of returns the line of a key, or of the nearest thing around it.
func (x lineIndex) of(path string) int {
	for path != "" {
		if n, ok := x[path]; ok {
			return n
		}
		i := strings.LastIndexAny(path, ".[")
		path = path[:max(i, 0)]
	}
	return 0
}
