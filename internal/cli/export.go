package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sellerkey/sellerkey/internal/export"
	"github.com/sellerkey/sellerkey/internal/rotate"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

func (c *program) export() *cobra.Command {
	var format, file, name string
	var yes bool
	cmd := &cobra.Command{
		Use: "export ACCOUNT --format ID", Short: c.help("cli.export.short"), Long: c.help("cli.export.long") + "\n" + c.formats(),
		Args: func(cmd *cobra.Command, args []string) error {
			if format == "list" {
				return nil
			}
			return oneAccount(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if format == "list" {
				return c.listTargets()
			}
			if assistant, ok := export.FindAssistant(format); ok {
				return c.configure(assistant, args[0], file, name, yes)
			}
			target, ok := export.Find(format)
			if !ok {
				return &usageError{"cli.usage.no_format", format}
			}
			s, a, err := c.keys(args[0])
			if err != nil {
				return err
			}
			if file == "-" {
				file = ""
			}
			question := c.t("cli.export.question", "Name", a.Title())
			if file != "" {
				question = c.t("cli.export.question_file", "Name", a.Title(), "File", file)
			}
			if err := c.confirm(question, yes); err != nil {
				return err
			}
			if !target.Named {
				name = ""
			}
			values, err := c.values(cmd.Context(), s, a, name)
			if err != nil {
				return err
			}
			c.sayWhatSandboxNeeds(target, file, values)
			if file != "" {
				err = c.exportFile(target, file, values)
			} else {
				var text lwa.Secret
				if text, err = target.Render(values); err == nil {
					_, err = io.WriteString(c.Stdout, text.Reveal())
				}
			}
			if err == nil {
				c.remember(s, rotate.Place{Account: a.ID, Target: target.ID, Path: file, Name: name}, values.ClientSecret)
			}
			return err
		},
	}
	cmd.Flags().StringVar(&format, "format", "dotenv", c.help("cli.flag.format"))
	cmd.Flags().StringVarP(&file, "output", "o", "", c.help("cli.flag.output"))
	cmd.Flags().StringVar(&name, "name", "", c.help("cli.flag.name"))
	cmd.Flags().BoolVar(&yes, "yes", false, c.help("cli.flag.yes"))
	var ids []string
	for _, g := range formatGroups() {
		for _, f := range g.formats {
			ids = append(ids, f.id)
		}
	}
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(ids, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// sayWhatSandboxNeeds says what a person has to change by hand so that the program
// uses the sandbox, or no longer does. file is "" for standard output.
func (c *program) sayWhatSandboxNeeds(target export.Target, file string, values export.Values) {
	var before []byte
	if file != "" && target.Merges {
		before, _ = export.ReadFile(file) // what is wrong with it, exportFile says
	}
	switch setting := target.SandboxByHand(before, values); {
	case setting == "":
	case values.Sandbox:
		c.say("%s\n", c.t("sandbox.by_hand", "Setting", setting))
	default:
		c.say("%s\n", c.t("sandbox.stays", "Setting", setting))
	}
}

// configure adds Amazon's MCP server to the configuration of an assistant, which
// gets no secret: the assistant starts it through "sellerkey-cli run".
func (c *program) configure(assistant export.Assistant, account, file, name string, yes bool) error {
	_, a, err := c.keys(account)
	if err != nil {
		return err
	}
	if vault.FileAt(filepath.Join(c.dataDir, vault.FileName)) {
		return &problem{id: "export.assistant.in_file", code: exitKeychain}
	}
	entry, err := export.AmazonServer(c.self(), a.ID, name)
	if err != nil {
		return err
	}
	added, err := assistant.Merge(nil, entry)
	if err != nil {
		return err
	}
	if file == "-" {
		return c.print("%s", added)
	}
	if file == "" {
		home, err := export.ThisHome()
		if err != nil {
			return err
		}
		file = assistant.Path(home)
	}
	before, err := export.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if after, err := assistant.Merge(before, entry); err != nil {
		return &export.Error{Kind: export.KindOf(err), Path: file}
	} else if bytes.Equal(after, before) {
		c.say("%s\n", c.t("cli.export.there", "File", file))
		return nil
	}
	question := "cli.export.question_assistant"
	if assistant.Replaces(before, entry) {
		question = "cli.export.question_replace"
	}
	c.say("%s", added)
	if err := c.confirm(c.t(question, "File", file, "Entry", entry.Name), yes); err != nil {
		return err
	}
	if err := (export.Files{Dir: c.dataDir}).Configure(assistant, file, entry); err != nil {
		return err
	}
	c.say("%s\n", c.t("cli.export.added", "File", file, "Program", assistant.Name))
	return nil
}

// self is how another program starts this one with the same data folder.
func (c *program) self() []string {
	if c.dataDir == c.DataDir {
		return export.CLI("")
	}
	return export.CLI(c.dataDir)
}

// exportFile merges into a file where the format can, and otherwise makes a new
// one.
func (c *program) exportFile(target export.Target, path string, v export.Values) error {
	files := export.Files{Dir: c.dataDir}
	if target.Merges {
		return files.Merge(target, path, v)
	}
	text, err := target.Render(v)
	if err != nil {
		return err
	}
	err = files.Write(path, []byte(text.Reveal()), false)
	if errors.Is(err, fs.ErrExist) {
		err = &export.Error{Kind: export.KindExists, Path: path}
	}
	return err
}

// formatGroup is what export can write, for one kind of reader.
type formatGroup struct {
	heading string // the id of a text
	formats []struct{ id, name string }
}

func formatGroups() []formatGroup {
	groups := []formatGroup{{heading: "cli.export.libraries"}, {heading: "cli.export.servers"}, {heading: "cli.export.assistants"}}
	for i, targets := range [][]export.Target{export.Targets(), export.ServerFormats()} {
		for _, t := range targets {
			groups[i].formats = append(groups[i].formats, struct{ id, name string }{t.ID, t.Name})
		}
	}
	for _, a := range export.Assistants() {
		groups[2].formats = append(groups[2].formats, struct{ id, name string }{a.ID, a.Name})
	}
	return groups
}

// formats is the part of the help that lists what --format takes.
func (c *program) formats() string {
	var text strings.Builder
	for _, g := range formatGroups() {
		text.WriteString("\n" + c.help(g.heading) + "\n")
		for _, f := range g.formats {
			fmt.Fprintf(&text, "  %-15s  %s\n", f.id, f.name)
		}
	}
	return text.String()
}

func (c *program) listTargets() error {
	for _, g := range formatGroups() {
		for _, f := range g.formats {
			if err := c.print("%s\t%s\n", f.id, f.name); err != nil {
				return err
			}
		}
	}
	return nil
}
