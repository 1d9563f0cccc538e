package main

import (
	"errors"
	"runtime"
	"strings"

	"fyne.io/fyne/v2/app"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/disk"
	"github.com/sellerkey/sellerkey/internal/instance"
	"github.com/sellerkey/sellerkey/internal/native"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// startError is why there is no window. Its text is for a terminal; its words
// are for a seller who double-clicked.
type startError struct {
	cause     error
	dir, lang string
	// cli starts the command line, see [export.CLI].
	cli []string
}

func (e *startError) Error() string { return e.cause.Error() }

func (e *startError) Unwrap() error { return e.cause }

// refuse says why there is no window: on the terminal, and for a seller who
// doesn't see it, in a window. Without OpenGL only the system can show one.
func refuse(messages native.Messages, e *startError) {
	if messages.Box == nil {
		messages.Error("sellerkey: " + e.Error())
	}
	var missing noOpenGL
	title, text := e.words()
	if messages.Box == nil && errors.As(e.cause, &missing) {
		messages.Error(title + "\n\n" + text) // perhaps the only place where they can be seen
	}
	switch {
	case messages.Box != nil || errors.As(e.cause, &missing):
		native.Alert(title, text)
	case messages.Window != nil:
		messages.Window(e.lang, title, text)
	}
}

// ownWindow shows a message in a window of the program.
func ownWindow(lang, title, text string) {
	if words, err := i18n.New(lang); err == nil {
		shell.Refuse(app.NewWithID(appID), words, title, text)
	}
}

// words are the title and text to show.
func (e *startError) words() (title, text string) {
	words, err := i18n.New(e.lang)
	if err != nil {
		return "SellerKey", e.Error()
	}
	t := words.T
	var missing noOpenGL
	var shared *disk.SharedError
	switch {
	case errors.As(e.cause, &missing):
		data := []any{"Found", missing.found(), "Command", e.authorize()}
		if runtime.GOOS == "windows" {
			return t("startup.opengl_title"), t("startup.opengl_text", data...)
		}
		return t("startup.opengl_title"), t("startup.no_window_text", data...)
	case errors.As(e.cause, &shared):
		return t("startup.shared_title"), t("startup.shared_text", "Folder", shared.Path)
	case errors.Is(e.cause, instance.ErrNoAnswer):
		return t("startup.no_answer_title"), t("startup.no_answer_text")
	}
	if title, todo, ok := accountWords(words, e.cause); ok {
		return title, todo
	}
	return t("startup.failed_title"), t("startup.failed_text", "Folder", e.dir)
}

// accountWords are the words for an error of package account.
func accountWords(words *i18n.Localizer, err error) (title, todo string, ok bool) {
	var index *account.IndexError
	if errors.As(err, &index) {
		id := "vault.index_" + string(index.Kind)
		return words.T(id + ".title"), words.T(id + ".todo"), true
	}
	if kind := vault.KindOf(err); kind != "" {
		id := "vault." + string(kind)
		return words.T(id + ".title"), words.T(id + ".todo"), true
	}
	return "", "", false
}

// authorize is the command for the same walk without a window.
func (e *startError) authorize() string {
	var b strings.Builder
	for _, word := range e.cli {
		if strings.ContainsAny(word, " \t") {
			word = `"` + word + `"`
		}
		b.WriteString(word + " ")
	}
	return b.String() + "authorize"
}

// noOpenGL is a version of OpenGL that is too old, "" for no OpenGL, or what the
// toolkit says about it.
type noOpenGL string

func (v noOpenGL) found() string {
	if v == "" {
		return "–"
	}
	return string(v)
}

func (v noOpenGL) Error() string { return "the window needs OpenGL 2.1; found: " + v.found() }
