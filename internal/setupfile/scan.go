package setupfile

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"github.com/sellerkey/sellerkey/internal/lazy"
)

// shape returns the TOML type of an entry of the format. Boxes have no index
// here, and labels no language.
func shape(path string) (kind unstable.Kind, known bool) {
	switch path {
	case "version":
		return unstable.Integer, true
	case "draft", "vendor", "return_page":
		return unstable.Bool, true
	case "marketplaces", "boxes":
		return unstable.Array, true
	case "boxes.label":
		return unstable.InlineTable, true
	case "provider", "support", "application_id", "consent_host", "state", "redirect_uri", "registration_page",
		"boxes.value", "boxes.label.*":
		return unstable.String, true
	}
	return 0, false
}

// shapeOf replaces what differs between boxes and languages in a path.
func shapeOf(path string) string {
	path = boxIndex().ReplaceAllString(path, "boxes")
	if rest, ok := strings.CutPrefix(path, "boxes.label."); ok && !strings.Contains(rest, ".") {
		return "boxes.label.*"
	}
	return path
}

var boxIndex = lazy.Regexp(`^boxes\[[0-9]+\]`)

// scanner goes through the entries of a file in their order. go-toml's decoder
// reports one wrong type only, ignores case, and does not say where an accepted
// value is, so the entries are scanned before they are decoded.
type scanner struct {
	data     []byte
	lines    map[string]int // of every entry, by its path
	problems []Problem
	secret   int // line of the first secret, or 0

	at, atLine int // how far lines have been counted
	boxes      int // how many [[boxes]] there were
	secretKey  bool
}

// scan expects valid TOML.
func scan(data []byte) *scanner {
	s := &scanner{data: data, lines: make(map[string]int), atLine: 1}
	var p unstable.Parser
	p.Reset(data)
	table := ""
	for p.NextExpression() {
		switch e := p.Expression(); e.Kind {
		case unstable.Table:
			table = s.key("", e.Key(), unstable.InlineTable)
		case unstable.ArrayTable:
			if table = s.key("", e.Key(), unstable.Array); table == "boxes" {
				s.boxes++
				table = fmt.Sprintf("boxes[%d]", s.boxes)
				s.lines[table] = s.atLine
			}
		case unstable.KeyValue:
			s.value(s.key(table, e.Key(), e.Value().Kind), e.Value())
		}
	}
	return s
}

// key enters each part of a key and returns the path of the last one, which has
// a value of this kind.
func (s *scanner) key(path string, key unstable.Iterator, kind unstable.Kind) string {
	for key.Next() {
		n := key.Node()
		s.countTo(int(n.Raw.Offset))
		part := string(n.Data)
		s.secretKey = secretKey().MatchString(part)
		if hasSecret(part) {
			s.foundSecret()
		}
		path = below(path, showKey(part))
		switch {
		case key.IsLast():
			s.entry(path, kind)
		case path == "boxes" && s.boxes > 0:
			path = fmt.Sprintf("boxes[%d]", s.boxes)
		default:
			s.entry(path, unstable.InlineTable)
		}
	}
	return path
}

func (s *scanner) entry(path string, kind unstable.Kind) {
	if _, ok := s.lines[path]; !ok {
		s.lines[path] = s.atLine
	}
	want, known := shape(shapeOf(path))
	switch {
	case !known:
		s.problem(KindUnknownKey, path)
	case kind != want:
		s.problem(KindWrongType, path)
	}
}

// value looks into a value. An empty one is a problem: leaving the entry out
// says the same and cannot be a mistake.
func (s *scanner) value(path string, n *unstable.Node) {
	children := n.Children()
	switch n.Kind {
	case unstable.String:
		text := string(n.Data)
		if hasSecret(text) || text != "" && s.secretKey {
			s.foundSecret()
		}
		if strings.TrimSpace(text) == "" {
			s.problem(KindEmptyValue, path)
		}
	case unstable.Array:
		i := 0
		for ; children.Next(); i++ {
			item, element := children.Node(), fmt.Sprintf("%s[%d]", path, i+1)
			if path == "boxes" && item.Kind != unstable.InlineTable || path == "marketplaces" && item.Kind != unstable.String {
				s.problem(KindWrongType, path)
			}
			s.value(element, item)
		}
		if i == 0 {
			s.problem(KindEmptyValue, path)
		}
	case unstable.InlineTable:
		for children.Next() {
			entry := children.Node()
			s.value(s.key(path, entry.Key(), entry.Value().Kind), entry.Value())
		}
	}
}

func (s *scanner) foundSecret() {
	if s.secret == 0 {
		s.secret = s.atLine
	}
}

// maxProblems is how many problems are reported. Drawing thousands takes seconds.
const maxProblems = 50

func (s *scanner) problem(kind Kind, path string) {
	if len(s.problems) < maxProblems && !within(s.problems, path) {
		s.problems = append(s.problems, Problem{Kind: kind, Key: path})
	}
}

// within reports that one of the problems is about this entry or one around it.
func within(problems []Problem, path string) bool {
	for _, p := range problems {
		if rest, ok := strings.CutPrefix(path, p.Key); ok && (rest == "" || rest[0] == '.' || rest[0] == '[') {
			return true
		}
	}
	return false
}

// countTo moves on to the line of an offset.
func (s *scanner) countTo(offset int) {
	if offset > s.at {
		s.atLine += bytes.Count(s.data[s.at:offset], []byte{'\n'})
		s.at = offset
	}
}

// line returns the line of an entry, or of the nearest one around it; 0 if the
// file has neither.
func (s *scanner) line(path string) int {
	for path != "" {
		if n, ok := s.lines[path]; ok {
			return n
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
	return 0
}

// below appends a key to a path, up to about 200 characters.
func below(path, key string) string {
	switch {
	case path == "":
		return key
	case len(path) > 200:
		return path
	}
	return path + "." + key
}

// showKey makes a key safe to show and to be part of a path: at most 40
// characters, each one that a bare key can have.
func showKey(key string) string {
	const most = 40
	shown := strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return '?'
	}, key)
	if len(shown) > most {
		shown = shown[:most] + "..."
	}
	return shown
}
