// Command sellerkey-cli gives the accounts of SellerKey to scripts and other
// programs, without a window: docs/command-line.md.
package main

import (
	"context"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"golang.org/x/term"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/cli"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/internal/version"
)

func main() { os.Exit(run()) }

func run() int {
	// A reader that goes away early is an error of print, not the end.
	signal.Ignore(syscall.SIGPIPE)
	config, _ := os.UserConfigDir()
	stdin := int(os.Stdin.Fd())
	return cli.Run(context.Background(), cli.Env{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Interactive: term.IsTerminal(stdin) && term.IsTerminal(int(os.Stderr.Fd())),
		ReadPassword: func() (string, error) {
			line, err := term.ReadPassword(stdin)
			return string(line), err
		},
		Languages: i18n.System,
		DataDir:   filepath.Join(config, "SellerKey"),
		Keychain:  vault.NewKeychain(vault.Service),
		Version:   version.Number(),
		Now:       time.Now,
	}, os.Args[1:])
}
