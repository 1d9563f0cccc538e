// Package cli is sellerkey-cli: the saved accounts for scripts, for other
// programs, for a remote desktop without OpenGL and for people who use a screen
// reader. It shares its data with the window, and never imports it.
//
// What a command prints on standard output is for programs: a token, JSON, a
// file. Everything for people goes to standard error, in their language.
package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/spapi"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

// Exit codes. Scripts rely on them: docs/command-line.md.
const (
	exitDone     = 0
	exitFailed   = 1
	exitUsage    = 2
	exitAccount  = 3 // no such account, or several
	exitPerson   = 4 // the seller or the app's owner has to do something
	exitKeychain = 5
	exitLater    = 6 // Amazon or the network; the same command may work later
)

// ExitCodes is how many there are, from 0 on. The texts cli.exit.<code> say what
// they mean.
const ExitCodes = exitLater + 1

// Env is what the command line works with.
type Env struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	// Interactive: somebody reads standard error and can type an answer.
	Interactive bool
	// ReadPassword reads a line without showing it. It is called only when
	// Interactive is true.
	ReadPassword func() (string, error)
	// Languages returns those the person prefers, best first.
	Languages func() []string
	// DataDir is the data folder unless --data-dir names another one.
	DataDir string
	// Keychain holds the secrets unless the data folder has an encrypted file.
	Keychain vault.Vault
	Version  string
	Now      func() time.Time
}

// Run executes the command line args, without the program's name, and returns
// the exit code. It ends early, with an error, when ctx ends or Ctrl-C is pressed.
func Run(ctx context.Context, env Env, args []string) int {
	c := &program{Env: env, in: bufio.NewReader(env.Stdin), words: sync.OnceValue(func() *i18n.Localizer {
		words, err := i18n.New(i18n.Match(slices.Concat(languageFlag(args), env.Languages())...))
		if err != nil {
			panic(err) // the texts are part of the program
		}
		return words
	})}
	err := c.execute(ctx, args)
	var ended *exitError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &ended):
		return ended.code
	case errors.Is(err, syscall.EPIPE), errors.Is(err, os.ErrClosed):
		return exitFailed // nobody reads, so there is nobody to tell
	}
	text, code := c.explain(err)
	c.say("sellerkey-cli: %s\n", text)
	return code
}

func (c *program) execute(ctx context.Context, args []string) error {
	if len(args) == 1 && (args[0] == "version" || args[0] == "--version") {
		return c.printVersion() // without building the commands
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	// Shells ask for completions with their descriptions.
	c.helping = len(args) > 0 && strings.HasPrefix(args[0], cobra.ShellCompRequestCmd)
	root := c.root(args...)
	root.SetArgs(args)
	return root.ExecuteContext(ctx)
}

// Commands returns the tree of commands, for the manual page. They can't be run.
func Commands(words *i18n.Localizer) *cobra.Command {
	c := &program{Env: Env{DataDir: "~/.config/SellerKey"}, words: func() *i18n.Localizer { return words }, helping: true}
	return c.root()
}

// program is one run.
type program struct {
	Env
	in *bufio.Reader
	// words are loaded by the first text. A command that succeeds in silence, as
	// token does, needs none, and they take longer than the rest of it.
	words func() *i18n.Localizer
	// helping: the commands have their texts, which only the help shows.
	helping bool

	// Flags of every command.
	lang, dataDir, tokenURL, spapiURL, consentOrigin string
}

func (c *program) t(id string, data ...any) string { return c.words().T(id, data...) }

// help is t for the texts that describe commands and flags.
func (c *program) help(id string, data ...any) string {
	if !c.helping {
		return ""
	}
	return c.t(id, data...)
}

func (c *program) client() *lwa.Client { return &lwa.Client{TokenURL: c.tokenURL} }

func (c *program) spapi() *spapi.Client {
	return &spapi.Client{BaseURL: c.spapiURL, Version: c.Version}
}

// languageFlag is the value of --lang. Words are needed before the flags can be
// read, because what is wrong with them has to be said in some language.
func languageFlag(args []string) []string {
	for i, arg := range args {
		switch {
		case arg == "--":
			return nil
		case arg == "--lang" && i+1 < len(args):
			return args[i+1 : i+2]
		case len(arg) > 7 && arg[:7] == "--lang=":
			return []string{arg[7:]}
		}
	}
	return nil
}
