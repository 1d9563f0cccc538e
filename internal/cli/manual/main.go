// Command manual writes the manual page of sellerkey-cli out of its commands, in
// one language:
//
//	go run ./internal/cli/manual -lang en -version 1.2.3 -date 2026-01-31 >sellerkey-cli.1
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/cli"
)

func main() {
	lang := flag.String("lang", i18n.English, "language")
	version := flag.String("version", "dev", "version of the program")
	date := flag.String("date", "", "date of the version")
	flag.Parse()
	words, err := i18n.New(*lang)
	if err == nil {
		_, err = io.WriteString(os.Stdout, manual(words, *version, *date))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "manual:", err)
		os.Exit(1)
	}
}

// page is a page in the macros of man(7).
type page struct{ strings.Builder }

func (p *page) line(macro string, args ...string) {
	p.WriteString(macro)
	for _, a := range args {
		if macro != ".TH" { // its date is no text
			a = escape(a)
		}
		p.WriteString(` "` + strings.ReplaceAll(a, `"`, `\(dq`) + `"`)
	}
	p.WriteString("\n")
}

// text writes a paragraph. A line of it must not look like a macro.
func (p *page) text(s string) {
	for line := range strings.Lines(s) {
		line = escape(strings.TrimSpace(line))
		switch {
		case line == "":
			line = ".PP"
		case line[0] == '.' || line[0] == '\'':
			line = `\&` + line
		}
		p.WriteString(line + "\n")
	}
}

// escape also lets lines break in Japanese, which has no spaces.
func escape(s string) string {
	return strings.NewReplacer(`\`, `\e`, "-", `\-`, "`", "", "。", `。\:`, "、", `、\:`).Replace(s)
}

func manual(words *i18n.Localizer, version, date string) string {
	t, root := words.T, cli.Commands(words)
	var p page
	p.line(".TH", strings.ToUpper(root.Name()), "1", date, "SellerKey "+version, t("cli.manual.about"))
	p.WriteString(".ad l\n.nh\n") // neither wide gaps nor divided words
	p.line(".SH", t("cli.manual.name"))
	p.text(root.Name() + " - " + root.Short)
	p.line(".SH", t("cli.manual.synopsis"))
	p.line(".B", root.Name())
	p.line(".I", "COMMAND")
	p.line(".SH", t("cli.manual.text"))
	p.text(root.Long)
	p.line(".SH", t("cli.manual.commands"))
	for _, command := range root.Commands() {
		if command.IsAvailableCommand() {
			p.command(command)
		}
	}
	p.line(".SH", t("cli.manual.options"))
	p.options(root.PersistentFlags())
	p.line(".SH", t("cli.manual.exit"))
	for code := range cli.ExitCodes {
		p.line(".TP")
		p.line(".B", fmt.Sprint(code))
		p.text(t("cli.exit." + fmt.Sprint(code)))
	}
	p.line(".SH", t("cli.manual.see"))
	p.line(".BR", "sellerkey", "(1)")
	return p.String()
}

func (p *page) command(c *cobra.Command) {
	p.line(".TP")
	p.line(".B", c.UseLine())
	if c.Long != "" {
		p.text(c.Long)
	} else {
		p.text(c.Short)
	}
	var options page
	options.options(c.LocalNonPersistentFlags())
	if options.Len() > 0 {
		p.WriteString(".RS\n" + options.String() + ".RE\n")
	}
}

func (p *page) options(flags *pflag.FlagSet) {
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		p.line(".TP")
		if f.Value.Type() == "bool" {
			p.line(".B", name)
		} else {
			p.line(".BI", name, " VALUE")
		}
		p.text(f.Usage)
	})
}
