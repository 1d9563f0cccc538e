package cli

import (
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/sellerkey/sellerkey/internal/native"
)

// path puts the program's folder on the person's PATH. The installer of Windows
// calls it, whose own language cuts off a long PATH.
func (c *program) path() *cobra.Command {
	var remove bool
	cmd := &cobra.Command{
		Use: "path", Short: c.help("cli.path.short"), Args: noArguments, Hidden: true,
		RunE: func(*cobra.Command, []string) error {
			exe, err := os.Executable()
			if err != nil {
				return err
			}
			if remove {
				return native.RemoveFromPath(filepath.Dir(exe))
			}
			return native.AddToPath(filepath.Dir(exe))
		},
	}
	cmd.Flags().BoolVar(&remove, "remove", false, c.help("cli.path.remove"))
	return cmd
}
