// Returnpage writes docs/return.html, the page that a tool provider or the owner
// of an app publishes at the OAuth Redirect URI.
//
//	go generate ./i18n
package main

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"flag"
	"fmt"
	"html"
	"os"
	"text/template"

	"github.com/sellerkey/sellerkey/i18n"
)

//go:embed page.html
var frame string

//go:embed page.css
var style string

//go:embed page.js
var script string

func main() {
	out := flag.String("out", "docs/return.html", "the file to write")
	flag.Parse()
	page, err := page()
	if err == nil {
		err = os.WriteFile(*out, page, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "returnpage:", err)
		os.Exit(1)
	}
}

// language is a language of the page. Plain is what the page says where scripts
// don't run.
type language struct{ Tag, Name, Plain string }

// page is the whole page. Its policy names the hashes of its own script and
// style, and so forbids everything else.
func page() ([]byte, error) {
	var languages []language
	words := map[string]map[string]string{}
	for _, l := range i18n.Languages() {
		w, err := i18n.New(l.Tag)
		if err != nil {
			return nil, err
		}
		languages = append(languages, language{l.Tag, html.EscapeString(l.Name), html.EscapeString(w.T("return_page.plain"))})
		words[l.Tag] = map[string]string{
			"code_title": w.T("return_page.code_title"), "code_todo": w.T("return_page.code_todo"),
			"expired_title": w.T("return_page.expired_title"), "expired_todo": w.T("return_page.expired_todo"),
			"login_title": w.T("paste.login_uri_no_code.title"), "login_todo": w.T("return_page.login_todo"),
			"denied_title": w.T("paste.error_denied.title"), "denied_todo": w.T("paste.error_denied.todo"),
			"error_title": w.T("paste.error_other.title"), "error_todo": w.T("return_page.error_todo"),
			"nothing_title": w.T("return_page.nothing_title"), "nothing_todo": w.T("return_page.nothing_todo"),
			"left": w.T("helper.left"), "copy": w.T("return_page.copy"), "copied": w.T("button.copied"), "back": w.T("return_page.back"),
		}
	}
	// Encoded so that no text can end the script.
	spoken, err := json.Marshal(words)
	if err != nil {
		return nil, err
	}
	filled, err := fill(script, map[string]any{"Words": string(spoken)})
	if err != nil {
		return nil, err
	}
	return fill(frame, map[string]any{
		"Languages": languages, "Style": style, "StyleHash": hash([]byte(style)), "Script": string(filled), "ScriptHash": hash(filled),
	})
}

func fill(text string, data any) ([]byte, error) {
	t, err := template.New("").Parse(text)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, data)
	return b.Bytes(), err
}

// hash is a source expression of CSP (CSP Level 3, section 2.3.1).
func hash(text []byte) string {
	sum := sha256.Sum256(text)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
