package cli

import (
	"errors"
	"io"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sellerkey/sellerkey/internal/export"
)

func (c *program) export() *cobra.Command {
	var format, file, name string
	var yes bool
	cmd := &cobra.Command{
		Use: "export ACCOUNT --format ID", Short: c.t("cli.export.short"), Long: c.t("cli.export.long"),
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
			if file != "" {
				return c.exportFile(target, file, values)
			}
			text, err := target.Render(values)
			if err != nil {
				return err
			}
			_, err = io.WriteString(c.Stdout, text.Reveal())
			return err
		},
	}
	cmd.Flags().StringVar(&format, "format", "dotenv", c.t("cli.flag.format"))
	cmd.Flags().StringVarP(&file, "output", "o", "", c.t("cli.flag.output"))
	cmd.Flags().StringVar(&name, "name", "", c.t("cli.flag.name"))
	cmd.Flags().BoolVar(&yes, "yes", false, c.t("cli.flag.yes"))
	return cmd
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

func (c *program) listTargets() error {
	var text strings.Builder
	for _, t := range export.Targets() {
		text.WriteString(t.ID + "\t" + t.Name + "\n")
	}
	return c.print("%s", text.String())
}
