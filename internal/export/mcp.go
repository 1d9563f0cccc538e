package export

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/tailscale/hujson"
)

// Assistant is a program that starts MCP servers (modelcontextprotocol.io) from a
// JSON file with comments.
type Assistant struct {
	// ID is a stable identifier.
	ID string
	// Name is the name of the program. It is not translated.
	Name string
	// File is the name of its configuration file.
	File string

	key    string // of the object with the servers
	typed  bool   // entries say that they are "stdio"
	folder func(Home) []string
}

// Assistants returns the programs that are known, with the files of the user's
// own configuration.
func Assistants() []Assistant {
	return []Assistant{
		{
			// https://modelcontextprotocol.io/docs/develop/connect-local-servers; on
			// Linux aaddrick/claude-desktop-debian#1.
			ID: "claude_desktop", Name: "Claude Desktop", File: "claude_desktop_config.json", key: "mcpServers",
			folder: func(h Home) []string {
				if h.ClaudePackage != "" {
					return []string{h.ClaudePackage, "Claude"}
				}
				return append(h.config(), "Claude")
			},
		},
		{
			// https://code.claude.com/docs/en/mcp, user scope
			ID: "claude_code", Name: "Claude Code", File: ".claude.json", key: "mcpServers", typed: true,
			folder: func(h Home) []string { return []string{h.Dir} },
		},
		{
			// https://cursor.com/docs/mcp
			ID: "cursor", Name: "Cursor", File: "mcp.json", key: "mcpServers",
			folder: func(h Home) []string { return []string{h.Dir, ".cursor"} },
		},
		{
			// https://code.visualstudio.com/docs/agents/reference/mcp-configuration:
			// mcp.json of the default profile
			ID: "vscode", Name: "VS Code", File: "mcp.json", key: "servers", typed: true,
			folder: func(h Home) []string { return append(h.config(), "Code", "User") },
		},
		{
			// https://kiro.dev/docs/mcp/configuration
			ID: "kiro", Name: "Kiro", File: "mcp.json", key: "mcpServers",
			folder: func(h Home) []string { return []string{h.Dir, ".kiro", "settings"} },
		},
	}
}

// config is where programs of the desktop keep their configuration.
func (h Home) config() []string {
	switch h.OS {
	case "windows":
		if h.AppData != "" {
			return []string{h.AppData}
		}
		return []string{h.Dir, "AppData", "Roaming"}
	case "darwin":
		return []string{h.Dir, "Library", "Application Support"}
	}
	return []string{h.Dir, ".config"}
}

// Path is the configuration file of this person, or "" without a home folder.
func (a Assistant) Path(h Home) string { return Target{File: a.File, folder: a.folder}.Path(h) }

// Server is an entry of an assistant's configuration. It contains no secret:
// sellerkey-cli hands the credentials to the program that it runs.
type Server struct {
	Name    string   // the key of the entry
	Command string   // a program on the PATH, or its path
	Args    []string // of the program
}

// FindAssistant returns the assistant of an ID.
func FindAssistant(id string) (Assistant, bool) {
	for _, a := range Assistants() {
		if a.ID == id {
			return a, true
		}
	}
	return Assistant{}, false
}

// Amazon's npm package has two servers; without the name of one it ends with
// its usage. This one sends requests to the SP-API; the other one is for
// developers and searches the documentation as well.
const (
	amazonPackage = "@amazon-sp-api-release/sp-api-dev-mcp"
	amazonProgram = "sp-api-workflow-mcp-server"
)

// AmazonServer is the entry for Amazon's own MCP server. cli starts sellerkey-cli,
// see [CLI]. The entry's name ends in the account's name, if there is one, so that a
// file can have several; the same names are allowed as in [Target.HandOver]. Errors
// are [*Error].
func AmazonServer(cli []string, account, name string) (Server, error) {
	name, err := resourceName(name)
	return Server{
		Name: name, Command: cli[0],
		Args: slices.Concat(cli[1:], []string{"run", account, "--as", "mcp", "--", "npx", "-y", amazonPackage, amazonProgram}),
	}, err
}

// CLI is how other programs start sellerkey-cli for a data folder ("" for the
// usual one): the program and its flags.
func CLI(dataDir string) []string {
	cli := []string{cliProgram()}
	if dataDir == "" {
		return cli
	}
	if dir, err := filepath.Abs(dataDir); err == nil {
		dataDir = dir
	}
	return append(cli, "--data-dir", dataDir)
}

// cliProgram is a name if it is on the PATH, or else the path of the program next
// to the running one.
func cliProgram() string {
	const name = "sellerkey-cli"
	if _, err := exec.LookPath(name); err == nil {
		return name
	}
	if exe, err := os.Executable(); err == nil {
		path := filepath.Join(filepath.Dir(exe), name+filepath.Ext(exe))
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return path
		}
	}
	return name
}

// Configure puts the entry into an assistant's configuration file, as
// [Files.Merge] does. The file keeps its mode: it has no secret of ours.
func (s Files) Configure(a Assistant, path string, entry Server) error {
	return s.update(path, false, func(before []byte) ([]byte, error) { return a.Merge(before, entry) })
}

// Merge puts the entry into the content of a configuration file, in the place of
// one of the same name if there is one. Every other byte stays, comments
// included, but for a comma behind the last entry. What is not a JSON object, or
// has our keys twice, is [KindCannotMerge]. Errors are [*Error].
func (a Assistant) Merge(existing []byte, entry Server) ([]byte, error) {
	if len(existing) > maxConfig {
		return nil, &Error{Kind: KindTooLarge}
	}
	text, marked := strings.CutPrefix(string(existing), byteOrderMark)
	if line := firstUnreadable(text); line > 0 {
		return nil, &Error{Kind: KindCannotMerge, Line: line}
	}
	j := jsonEdit{text: text, ending: lineEnding(text), server: entry, typed: a.typed}
	if strings.TrimSpace(text) == "" {
		j.text, j.ending = "{}"+j.ending, lineEnding(text)
	}
	after, err := j.merge(a.key)
	if err != nil {
		return nil, err
	}
	if marked {
		after = byteOrderMark + after
	}
	return []byte(after), nil
}

// Replaces reports whether [Assistant.Merge] would replace an entry that has the
// same name and another content.
func (a Assistant) Replaces(existing []byte, entry Server) bool {
	text := strings.TrimPrefix(string(existing), byteOrderMark)
	_, content, err := parseJSON(text)
	if err != nil {
		return false
	}
	servers, _ := content[a.key].(map[string]any)
	old, found := servers[entry.Name]
	if !found {
		return false
	}
	same, err := json.Marshal(old)
	return err != nil || !jsonEdit{server: entry, typed: a.typed}.isOurs(string(same))
}

// maxConfig is the size limit of a configuration. Claude Code keeps its history
// in the same file.
const maxConfig = 32 << 20

// jsonEdit is a JSON text that gets an entry.
type jsonEdit struct {
	text, ending string
	server       Server
	typed        bool
}

func (j jsonEdit) merge(key string) (string, error) {
	root, before, err := parseJSON(j.text)
	if err != nil {
		return "", err
	}
	object, ok := root.Value.(*hujson.Object)
	if !ok {
		return "", &Error{Kind: KindCannotMerge}
	}
	l := j.layoutOf(object, layout{unit: "  ", multi: true, inner: "  "})
	servers, n := member(object, key)
	var edits []edit
	switch {
	case n == 0:
		inner := l.within()
		list := "{" + inner.start(j) + jsonString(j.server.Name) + ": " + j.entry(inner) + l.start(j) + "}"
		if !l.multi {
			list = "{" + jsonString(j.server.Name) + ": " + j.entry(l) + "}"
		}
		edits = j.add(root, object, l, jsonString(key)+": "+list)
	case n > 1:
		return "", &Error{Kind: KindCannotMerge}
	default:
		list, ok := servers.Value.(*hujson.Object)
		if !ok {
			return "", &Error{Kind: KindCannotMerge, Line: lineAt(j.text, servers.StartOffset)}
		}
		l := j.layoutOf(list, l.within())
		old, n := member(list, j.server.Name)
		switch n {
		case 0:
			edits = j.add(servers, list, l, jsonString(j.server.Name)+": "+j.entry(l))
		case 1:
			if j.isOurs(j.text[old.StartOffset:old.EndOffset]) {
				return j.text, nil
			}
			edits = []edit{{old.StartOffset, old.EndOffset, j.entry(l)}}
		default:
			return "", &Error{Kind: KindCannotMerge, Line: lineAt(j.text, old.StartOffset)}
		}
	}
	text := apply(j.text, edits)
	_, after, err := parseJSON(text)
	if err != nil || !j.holds(after, before, key) {
		return "", &Error{Kind: KindCannotMerge}
	}
	return text, nil
}

// holds reports that after is before with our entry.
func (j jsonEdit) holds(after, before map[string]any, key string) bool {
	now, _ := after[key].(map[string]any)
	old, _ := before[key].(map[string]any)
	text, err := json.Marshal(now[j.server.Name])
	if err != nil || !j.isOurs(string(text)) {
		return false
	}
	delete(now, j.server.Name)
	delete(old, j.server.Name)
	delete(after, key)
	delete(before, key)
	return (len(now) == 0 && len(old) == 0 || reflect.DeepEqual(now, old)) && reflect.DeepEqual(after, before)
}

// isOurs reports that a JSON text means our entry.
func (j jsonEdit) isOurs(text string) bool {
	standard, err := hujson.Standardize([]byte(text))
	var got, want map[string]any
	return err == nil && json.Unmarshal(standard, &got) == nil && json.Unmarshal([]byte(j.entry(layout{})), &want) == nil && reflect.DeepEqual(got, want)
}

// parseJSON also returns what the text means.
func parseJSON(text string) (*hujson.Value, map[string]any, error) {
	root, err := hujson.Parse([]byte(text + "\n")) // it wants an end to a comment on the last line
	if err != nil {
		return nil, nil, &Error{Kind: KindCannotMerge}
	}
	standard := root.Clone()
	standard.Standardize()
	d := json.NewDecoder(strings.NewReader(standard.String()))
	d.UseNumber()
	var content map[string]any
	if err := d.Decode(&content); err != nil || content == nil {
		return nil, nil, &Error{Kind: KindCannotMerge}
	}
	return &root, content, nil
}

// member returns the value of a key, and how often the key is there.
func member(o *hujson.Object, key string) (value *hujson.Value, n int) {
	for i := range o.Members {
		m := &o.Members[i]
		if name, ok := m.Name.Value.(hujson.Literal); ok && name.String() == key {
			value = &m.Value
			n++
		}
	}
	return value, n
}

// layout is how the members of an object are laid out.
type layout struct {
	multi bool   // each on its own line
	inner string // the indent of the members
	unit  string // what one level adds
}

func (l layout) within() layout { return layout{l.multi, l.inner + l.unit, l.unit} }

// start begins a line at the indent of the members.
func (l layout) start(j jsonEdit) string { return j.ending + l.inner }

// layoutOf is the layout of an object, or that of the file if it has no members.
func (j jsonEdit) layoutOf(o *hujson.Object, usual layout) layout {
	if len(o.Members) == 0 {
		return usual
	}
	at := o.Members[0].Name.StartOffset
	begin := strings.LastIndexByte(j.text[:at], '\n') + 1
	indent := j.text[begin:at]
	if strings.Trim(indent, " \t") != "" {
		return layout{}
	}
	l := layout{multi: true, inner: indent, unit: usual.unit}
	if outer := strings.TrimSuffix(usual.inner, usual.unit); strings.HasPrefix(indent, outer) && len(indent) > len(outer) {
		l.unit = indent[len(outer):]
	}
	return l
}

// add appends a member to an object, behind what its last lines say.
func (j jsonEdit) add(v *hujson.Value, o *hujson.Object, l layout, text string) []edit {
	closing := v.EndOffset - 1 // of the brace
	at := closing - len(o.AfterExtra) + len(strings.TrimRight(string(o.AfterExtra), " \t\r\n"))
	var edits []edit
	if n := len(o.Members); n > 0 {
		if last := o.Members[n-1].Value; last.AfterExtra != nil {
			text += "," // as the last one has it
		} else {
			edits = append(edits, edit{last.EndOffset, last.EndOffset, ","})
		}
	}
	switch {
	case l.multi:
		text = l.start(j) + text
		if !strings.Contains(j.text[at:closing], "\n") {
			text += j.ending + strings.TrimSuffix(l.inner, l.unit)
		}
	case strings.Contains(j.text[closing-len(o.AfterExtra):at], "//"):
		text = j.ending + text
	case len(o.Members) > 0:
		text = " " + text
	}
	return append([]edit{{at, at, text}}, edits...) // at the same place the comma comes first
}

// entry is our entry as JSON.
func (j jsonEdit) entry(l layout) string {
	args := make([]string, len(j.server.Args))
	for i, a := range j.server.Args {
		args[i] = jsonString(a)
	}
	members := []string{`"command": ` + jsonString(j.server.Command), `"args": [` + strings.Join(args, ", ") + "]"}
	if j.typed {
		members = append([]string{`"type": "stdio"`}, members...)
	}
	if !l.multi {
		return "{" + strings.Join(members, ", ") + "}"
	}
	inner := l.within()
	return "{" + inner.start(j) + strings.Join(members, ","+inner.start(j)) + l.start(j) + "}"
}

func lineAt(text string, offset int) int { return 1 + strings.Count(text[:offset], "\n") }
