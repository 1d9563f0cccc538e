package cli

import (
	"github.com/spf13/cobra"

	"github.com/sellerkey/sellerkey/internal/doctor"
)

// lineJSON is a line of doctor --json: docs/command-line.md.
type lineJSON struct {
	Check   doctor.Check  `json:"check"`
	Result  doctor.Result `json:"result"`
	Finding string        `json:"finding,omitempty"`
	Text    string        `json:"text"`
	Todo    string        `json:"todo,omitempty"`
}

func (c *program) doctor() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "doctor", Short: c.help("cli.doctor.short"), Long: c.help("cli.doctor.long"), Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			lines := doctor.Run(cmd.Context(), doctor.Deps{
				Dir: c.dataDir, DefaultDir: c.DataDir, Vault: c.Keychain, Version: c.Version,
				TokenURL: c.tokenURL, SPAPIURL: c.spapiURL,
			})
			if err := cmd.Context().Err(); err != nil {
				return err
			}
			var err error
			if asJSON {
				list := make([]lineJSON, 0, len(lines))
				for _, l := range lines {
					list = append(list, lineJSON{l.Check, l.Result, l.Finding, l.Text(c.words()), l.Todo(c.words())})
				}
				err = c.json(map[string]any{"checks": list})
			} else {
				err = c.print("%s", doctor.Text(lines, c.words()))
			}
			if bad := doctor.Problems(lines); err == nil && len(bad) > 0 {
				err = &exitError{doctorCode(bad[0].Check)}
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, c.help("cli.flag.json"))
	return cmd
}

// doctorCode is the exit code for the first problem.
func doctorCode(check doctor.Check) int {
	switch check {
	case doctor.Keychain:
		return exitKeychain
	case doctor.Folder:
		return exitFailed
	case doctor.Amazon:
		return exitLater
	}
	return exitPerson
}
