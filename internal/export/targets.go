package export

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/sellerkey/sellerkey/lwa"
)

// Target is one way to give the credentials to a library.
type Target struct {
	// ID is a stable identifier: the message export.<ID>.note says where the
	// text belongs.
	ID string
	// Name is the name of the library, and of the file if it has several. It is
	// not translated.
	Name string
	// File is the usual name of the file, or "" if the text is a piece of a
	// program, which goes to the clipboard only.
	File string
	// Merges says that [Target.Merge] works.
	Merges bool
	// Named says that one file can have several accounts, each under its
	// [Values.AccountName].
	Named bool

	// folder is where the library looks for File; nil if the person decides.
	folder func(Home) []string
	needs  need
	// One of the two makes the text.
	code   func(plain) (string, error)
	format format

	readBy string // see [Target.HandOver]
	// byHand is the sandbox switch of a library where the text has none, with
	// "{endpoint}" for the address; see [Target.SandboxByHand].
	byHand string
}

// SandboxByHand is what a person has to change for the library to go to the sandbox
// with a sandbox app, and to production with any other; "" for nothing. existing is
// the file that the text will be merged into, nil for none.
//
//   - A sandbox app: what to set in the program, "AWS_ENV=SANDBOX", an option or an
//     address, where the text has no switch, or leaves the file's because it's for
//     other accounts as well.
//   - Any other app: the line that leads to the sandbox and that [Target.Merge] leaves
//     in the file, because SellerKey hasn't written it, or it's for other accounts as
//     well.
func (t Target) SandboxByHand(existing []byte, v Values) string {
	p, err := v.open(0)
	if err != nil {
		return ""
	}
	if f, ok := t.format.(lines); ok && f.sandbox.key != "" {
		after, err := t.Merge(existing, v)
		if err != nil {
			return ""
		}
		switch value := f.sandboxIn(string(after)); {
		case v.Sandbox == (value != ""):
			return ""
		case !v.Sandbox:
			return f.sandbox.key + "=" + value
		}
	}
	if !v.Sandbox {
		return ""
	}
	return strings.ReplaceAll(t.byHand, "{endpoint}", p.endpoint().URL())
}

// The sandbox switches of python-amazon-sp-api (sp_api/base/marketplaces.py) and
// amazon-sp-api (README.md, Sandbox mode), and that of libraries whose clients for
// each API are made with an address.
const (
	pythonSandbox  = "AWS_ENV=SANDBOX"
	nodeSandbox    = "options: { use_sandbox: true }"
	addressSandbox = "{endpoint}"
)

// format is a file that can be merged into.
type format interface {
	render(plain) (string, error)
	// merge gets valid UTF-8 without a byte order mark.
	merge(existing string, p plain) (string, error)
	// has reports whether the file has something of this account already.
	has(existing string, p plain) bool
}

// Targets returns every target, the most common ones first. Their names are those
// that the libraries read (python-amazon-sp-api 2.1, amazon-sp-api
// 1.1 and 1.2, jlevers/selling-partner-api 6 and 7, Amazon's SDKs of 2026); see
// the repository of each.
func Targets() []Target {
	return []Target{
		{
			ID: "python_file", Name: "python-amazon-sp-api · credentials.yml", File: "credentials.yml", Merges: true, Named: true,
			folder: pythonFolder, needs: needApp | needToken, format: credentialsYAML{}, byHand: pythonSandbox,
		},
		{
			ID: "python_env", Name: "python-amazon-sp-api · .env", File: ".env", Merges: true, Named: true,
			needs: needApp | needToken, format: lines{entries: pythonEnvironment, quote: dotenvQuoted, sandbox: pythonSwitch()}, byHand: pythonSandbox,
		},
		{
			ID: "node_file", Name: "amazon-sp-api (Node.js) · credentials", File: "credentials", Merges: true,
			folder: nodeFolder, needs: needApp, format: lines{entries: nodeEnvironment, quote: rawLine, raw: true}, byHand: nodeSandbox,
		},
		{ID: "node_code", Name: "amazon-sp-api (Node.js)", needs: needApp | needToken | needRegion, code: nodeCode().render},
		{ID: "php_jlevers", Name: "jlevers/selling-partner-api (PHP)", needs: needApp | needToken | needRegion, code: phpCode().render},
		{ID: "amazon_python", Name: "Amazon SP-API SDK · Python", needs: needApp | needToken | needRegion, code: amazonPython().render},
		{
			ID: "amazon_js", Name: "Amazon SP-API SDK · JavaScript", File: "app.config.mjs",
			needs: needApp | needToken | needRegion, code: amazonJS().render,
		},
		{ID: "amazon_java", Name: "Amazon SP-API SDK · Java", needs: needApp | needToken, code: amazonJava().render, byHand: addressSandbox},
		{ID: "amazon_csharp", Name: "Amazon SP-API SDK · C#", needs: needApp | needToken, code: amazonCSharp().render, byHand: addressSandbox},
		{ID: "amazon_php", Name: "Amazon SP-API SDK · PHP", needs: needApp | needToken, code: amazonPHP().render, byHand: addressSandbox},
		{ID: "go_amzapi", Name: "amzapi/selling-partner-api-sdk (Go)", needs: needApp | needToken, code: goAmzapi().render, byHand: addressSandbox},
		{ID: "go_fond", Name: "fond-of-vertigo/amazon-sp-api (Go)", needs: needApp | needToken | needRegion, code: goFond().render},
		{
			ID: "dotenv", Name: ".env", File: ".env", Merges: true,
			needs: needApp | needToken, format: lines{entries: commonEnvironment, quote: dotenvQuoted, sandbox: baseURLSwitch()},
		},
		{ID: "json", Name: "JSON", File: "amazon-sp-api.json", needs: needApp | needToken, code: asJSON},
		// Amazon's MCP server, ailumia/amazon-sp-api-mcp, sakshsiw/SellerBridge and
		// bhavykhatri/amazon-seller-mcp read the first names,
		// jhrendon/amazon-seller-mcp and middlegold9/sp-api-mcp-server the second.
		{ID: "mcp_sp_api", Name: "MCP · SP_API_CLIENT_ID", needs: needApp | needToken | needRegion, code: mcpBlock(mcpEnvironment)},
		{ID: "mcp_lwa", Name: "MCP · LWA_CLIENT_ID", needs: needApp | needToken, code: mcpBlock(commonEnvironment)},
	}
}

// Find returns the target of an ID, or the format for servers.
func Find(id string) (Target, bool) {
	for _, t := range append(Targets(), ServerFormats()...) {
		if t.ID == id {
			return t, true
		}
	}
	return Target{}, false
}

// Render returns the text for the clipboard or a new file. It ends in a line
// break. Errors are [*Error].
func (t Target) Render(v Values) (lwa.Secret, error) {
	p, err := v.open(t.needs)
	if err != nil {
		return lwa.Secret{}, err
	}
	if t.format == nil {
		text, err := t.code(p)
		return lwa.NewSecret(text), err
	}
	text, err := t.format.render(p)
	return lwa.NewSecret(text), err
}

// Preview is the text of [Target.Render] for the screen, with masked secrets.
// Errors are those of Render.
func (t Target) Preview(v Values) (string, error) {
	if _, err := t.Render(v); err != nil {
		return "", err
	}
	v.ClientSecret, v.RefreshToken = starred(v.ClientSecret), starred(v.RefreshToken)
	text, err := t.Render(v)
	return strings.ReplaceAll(text.Reveal(), "\t", "    "), err
}

// starred is the mask of a secret in characters that no format escapes.
func starred(s lwa.Secret) lwa.Secret {
	if s.IsEmpty() {
		return s
	}
	return lwa.NewSecret(strings.ReplaceAll(s.Hint(), "•", "*"))
}

// Replaces reports whether [Files.Merge] would replace values that the file at
// path has under the same name.
func (t Target) Replaces(path string, v Values) bool {
	if t.format == nil {
		return false
	}
	before, err := ReadFile(path)
	if err != nil {
		return false
	}
	after, err := t.Merge(before, v)
	if err != nil || bytes.Equal(after, before) {
		return false
	}
	p, err := v.open(t.needs)
	return err == nil && t.format.has(strings.TrimPrefix(string(before), byteOrderMark), p)
}

// maxFile is the size limit of an existing file, in bytes.
const maxFile = 1 << 20

const byteOrderMark = "\ufeff"

// Merge puts the values into the content of an existing file. Values that are
// there already are replaced in place, missing ones are added, and every other
// byte stays: other entries, comments, order, line endings, a byte order mark. But
// a line that leads to the sandbox, and that an earlier Merge of a sandbox app
// wrote, goes when another app takes its place; see [Target.SandboxByHand].
// If it is not certain that this changes nothing else for the file's readers, or
// for a shell, the error is [KindCannotMerge]. An empty file becomes the text of
// [Target.Render]. Errors are [*Error].
func (t Target) Merge(existing []byte, v Values) ([]byte, error) {
	if t.format == nil {
		return nil, &Error{Kind: KindNoMerge}
	}
	p, err := v.open(t.needs)
	if err != nil {
		return nil, err
	}
	if len(existing) > maxFile {
		return nil, &Error{Kind: KindTooLarge}
	}
	text, marked := strings.CutPrefix(string(existing), byteOrderMark)
	if line := firstUnreadable(text); line > 0 {
		return nil, &Error{Kind: KindCannotMerge, Line: line}
	}
	if strings.Trim(text, " \t\r\n") == "" {
		fresh, err := t.format.render(p)
		if err != nil {
			return nil, err
		}
		// Blanks before the first key would indent it.
		text = text[:strings.LastIndexByte(text, '\n')+1] + withEndings(fresh, lineEnding(text))
	} else if text, err = t.format.merge(text, p); err != nil {
		return nil, err
	}
	if marked {
		text = byteOrderMark + text
	}
	return []byte(text), nil
}

// firstUnreadable returns the first line with something that readers understand
// differently: invalid UTF-8, NUL, and line breaks other than LF and CRLF. It
// returns 0 if there is none.
func firstUnreadable(text string) int {
	line := 1
	for i, r := range text {
		switch r {
		case '\n':
			line++
		case '\r':
			if !strings.HasPrefix(text[i:], "\r\n") {
				return line
			}
		case 0, '\u0085', '\u2028', '\u2029':
			return line
		case '\ufffd':
			if !strings.HasPrefix(text[i:], "\ufffd") {
				return line
			}
		}
	}
	return 0
}

// lineEnding returns the ending of the first line.
func lineEnding(text string) string {
	if i := strings.IndexByte(text, '\n'); i > 0 && text[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

func withEndings(text, ending string) string {
	if ending == "\n" {
		return text
	}
	return strings.ReplaceAll(text, "\n", ending)
}

// Home is where a person's files are.
type Home struct {
	// OS is one of the values of runtime.GOOS.
	OS string
	// Dir is the home folder.
	Dir string
	// AppData is %APPDATA%; Windows only.
	AppData string
	// ClaudePackage is where Windows keeps the AppData of Claude Desktop, if it is
	// installed as a package, or "". Claude sees it as %APPDATA%, and nothing that
	// others write there (anthropics/claude-code#26073).
	ClaudePackage string
}

// ThisHome returns the home of the current user.
func ThisHome() (Home, error) {
	dir, err := os.UserHomeDir()
	if err != nil {
		return Home{}, &Error{Kind: KindFailed, cause: err}
	}
	h := Home{OS: runtime.GOOS, Dir: dir}
	if h.OS == "windows" {
		h.AppData = os.Getenv("APPDATA")
		folder := filepath.Join(os.Getenv("LOCALAPPDATA"), "Packages", "Claude_pzs8sxrjxfjjc", "LocalCache", "Roaming")
		if info, err := os.Stat(folder); err == nil && info.IsDir() {
			h.ClaudePackage = folder
		}
	}
	return h, nil
}

// Path is the file that the library reads by default, or "".
func (t Target) Path(h Home) string {
	if t.folder == nil || h.Dir == "" {
		return ""
	}
	separator := string(filepath.Separator)
	if h.OS == "windows" {
		separator = `\`
	} else if runtime.GOOS == "windows" {
		separator = "/"
	}
	return strings.Join(append(t.folder(h), t.File), separator)
}

// pythonFolder is the default folder of confuse, the library that
// python-amazon-sp-api finds its file with. On a Mac it comes before ~/Library.
func pythonFolder(h Home) []string {
	if h.OS == "darwin" {
		return []string{h.Dir, ".config", "python-sp-api"}
	}
	return append(h.config(), "python-sp-api")
}

func nodeFolder(h Home) []string { return []string{h.Dir, ".amzspapi"} }
