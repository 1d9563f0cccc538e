package cli

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/backup"
	"github.com/sellerkey/sellerkey/internal/check"
	"github.com/sellerkey/sellerkey/internal/disk"
	"github.com/sellerkey/sellerkey/internal/export"
	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/internal/rotate"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

// exitError ends the program without a word: everything has been said.
type exitError struct{ code int }

func (e *exitError) Error() string { return fmt.Sprintf("cli: exit %d", e.code) }

// problem is a failure with its own text.
type problem struct {
	id   string
	data []any
	code int
}

func (e *problem) Error() string { return "cli: " + e.id }

// refused is a refusal of a check that Amazon gave no reason for.
type refused struct {
	account account.Account
	check.Result
}

func (e *refused) Error() string { return "cli: refused: " + e.Err.Error() }

// explain returns what an error means for the person, and the exit code. The
// error's own text, which is English and for logs, is never shown.
func (c *program) explain(err error) (text string, code int) {
	var usage *usageError
	var own *problem
	var amazon *lwa.Error
	var index *account.IndexError
	var start *exec.Error
	var shared *disk.SharedError
	var bare *refused
	var saved *backup.Error
	unsaved := new(account.UnsavedError)
	both := func(id string) string { return c.sentences(c.words().T(id+".title"), c.words().T(todo(id))) }
	if text, ok := c.valueProblem(err); ok {
		return text, exitFailed
	}
	switch {
	case errors.As(err, &usage):
		return c.sentences(c.t(usage.id, "Value", usage.value), c.t("cli.usage.help")), exitUsage
	case errors.As(err, &own):
		return c.t(own.id, own.data...), own.code
	case errors.As(err, &unsaved):
		text, _ := c.explain(unsaved.Err)
		return text, exitKeychain
	case errors.As(err, &bare):
		return c.refusal(bare), amazonCode(lwa.KindForbidden)
	case errors.As(err, &amazon):
		return both("lwa." + string(amazon.Kind)), amazonCode(amazon.Kind)
	case vault.KindOf(err) != "":
		return both(c.vaultProblem(vault.KindOf(err))), exitKeychain
	case errors.As(err, &index):
		code = exitFailed
		if errors.Is(err, account.ErrNotFound) {
			code = exitAccount
		}
		return both("vault.index_" + string(index.Kind)), code
	case errors.As(err, &saved):
		return c.words().T("backup_error."+string(saved.Kind), "File", saved.Path), exitFailed
	case export.KindOf(err) != "":
		return c.exportProblem(err), exitFailed
	case errors.As(err, &start):
		return c.t("cli.run.cannot_start", "Program", start.Name), exitFailed
	case errors.As(err, &shared):
		return c.sentences(c.words().T("startup.shared_title"), strings.TrimSpace(c.words().T("startup.shared_text", "Folder", shared.Path))), exitFailed
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return c.t("cli.stopped"), exitFailed
	}
	return c.t("cli.failed"), exitFailed
}

// todo returns the text that says what to do about a failure. Where the window's
// text names a button or a screen of the window, the command line has its own.
func todo(card string) string {
	id := card + ".todo"
	switch id {
	case "lwa.malformed_request.todo", "lwa.unsupported_grant_type.todo", "lwa.header_missing.todo", "lwa.missing_parameter.todo":
		return "cli.todo.report"
	case "lwa.other_error.todo", "lwa.unparseable.todo", "lwa.incomplete_success.todo", "lwa.malformed_success.todo":
		return "cli.todo.retry"
	case "lwa.canceled.todo":
		return "cli.todo.canceled"
	case "lwa.secret_expired.todo":
		return "cli.todo.secret_expired"
	case "lwa.client_auth_failed.todo":
		return "cli.todo.whose_app"
	case "vault.missing.todo":
		return "doctor.no_keychain.todo"
	case "paste.looks_like_refresh_token.todo", "paste.token_answer.todo":
		return "cli.todo.have_token"
	case "paste.login_uri_no_code.todo", "paste.malformed_consent.todo", "paste.other_app.todo", "paste.state_mismatch.todo":
		return "cli.todo.open_again"
	case "amazon.MD1000.todo", "amazon.MD9000.todo", "amazon.MD9999.todo":
		return "cli.todo.draft"
	}
	return id
}

// vaultProblem returns the texts of a problem with the place of the secrets, which
// is the encrypted file if there is one.
func (c *program) vaultProblem(kind vault.Kind) string {
	file := "vault_file_error." + string(kind)
	if vault.FileAt(filepath.Join(c.dataDir, vault.FileName)) && c.words().Has(file+".title") {
		return file
	}
	return "vault." + string(kind)
}

// pasteProblem says what was pasted in place of the address. An error code of
// Amazon's page is explained at once.
func (c *program) pasteProblem(e *paste.Error) string {
	id := "paste." + string(e.Kind)
	if e.Kind != paste.SellerCentralError {
		return c.sentences(c.t(id+".title"), c.t(todo(id)))
	}
	text := c.t(id+".title", "Code", e.AmazonCode)
	code := e.AmazonCode
	if !c.words().Has("amazon." + code + ".title") {
		code = "unknown"
	}
	id = "amazon." + code
	return c.sentences(text, c.sentences(c.t(id+".title"), c.t(todo(id))))
}

// valueProblem says what is wrong with what somebody gave us, if that is the error.
func (c *program) valueProblem(err error) (text string, ok bool) {
	var renewing *rotate.Error
	var values *valuesError
	var pasted *paste.Error
	switch {
	case errors.As(err, &renewing):
		id := "rotate.error." + string(renewing.Kind)
		text = c.sentences(c.words().T(id+".title"), c.words().T(id+".todo"))
		if renewing.Hint != "" {
			text = c.sentences(c.words().T("hint."+string(renewing.Hint)), text)
		}
		return text, true
	case errors.As(err, &values):
		names := make([]string, 0, len(values.values))
		for _, v := range values.values {
			names = append(names, c.words().T("value."+string(v)))
		}
		return c.t(values.id, "Values", check.List(c.words().T, names)), true
	case errors.As(err, &pasted):
		return c.pasteProblem(pasted), true
	}
	return "", false
}

// sentences puts a title, which ends without a period on the screen, before what
// to do.
func (c *program) sentences(title, todo string) string {
	period, blank := ".", " "
	if c.words().Lang() == i18n.Japanese {
		period, blank = "。", ""
	}
	end := period + blank
	if last, _ := utf8.DecodeLastRuneInString(title); strings.ContainsRune(".!?。！？", last) {
		end = blank
	}
	return title + end + todo
}

// refusal says what is known of a refusal without a reason, and the command that
// helps.
func (c *program) refusal(e *refused) string {
	title, text := e.Reason.Explain(c.words().T)
	text = title + "\n" + text
	set := "sellerkey-cli set " + e.account.ID
	switch stores := e.Reason.Stores(); {
	case len(stores) > 0:
		text += "\n" + c.t("cli.check.correct", "Command", set+" --marketplace "+stores[0].Code)
	case len(e.Reason.Silent) > 0:
		text += "\n" + c.t("cli.check.again")
	case slices.Contains(e.Reason.Causes, check.CauseSandbox):
		text += "\n" + c.t("cli.check.sandbox", "Command", set+" --sandbox")
	case slices.Contains(e.Reason.Causes, check.CauseProduction):
		text += "\n" + c.t("cli.check.production", "Command", set+" --sandbox=false")
	}
	return text
}

// amazonCode is the exit code of a refusal or failure: does somebody have to do
// something, or may the same command work later?
func amazonCode(kind lwa.Kind) int {
	if kind.Lasting() {
		return exitPerson
	}
	return exitLater
}

func (c *program) exportProblem(err error) string {
	var e *export.Error
	errors.As(err, &e)
	id := "export_error." + string(e.Kind)
	value := "value." + string(e.Value)
	if e.Value == export.ValueMarketplace || e.Value == export.ValueAccountName {
		value = "export_value." + string(e.Value)
	}
	data := []any{"Value", c.words().T(value)}
	return c.sentences(c.words().T(id+".title", data...), c.words().T(id+".todo", data...))
}

// say writes to standard error, for people.
func (c *program) say(format string, args ...any) {
	_, _ = fmt.Fprintf(c.Stderr, format, args...)
}

// print writes to standard output, for programs.
func (c *program) print(format string, args ...any) error {
	_, err := fmt.Fprintf(c.Stdout, format, args...)
	return err
}

// confirm asks a question that "yes" answers. Without a terminal to ask on, yes
// has to be given as a flag.
func (c *program) confirm(question string, yes bool) error {
	if yes {
		return nil
	}
	if !c.Interactive {
		return &usageError{"cli.usage.wants_yes", ""}
	}
	c.say("%s %s ", question, c.t("cli.confirm"))
	answer, err := c.in.ReadString('\n')
	if err != nil && answer == "" {
		return &problem{id: "cli.canceled", code: exitFailed}
	}
	if slices.Contains([]string{"y", "yes", "s", "sim", "はい"}, strings.ToLower(strings.TrimSpace(answer))) {
		return nil
	}
	return &problem{id: "cli.canceled", code: exitFailed}
}
