package cli

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/version"
	"github.com/sellerkey/sellerkey/lwa"
)

// root is the tree of commands. The man page and the completions are made from
// it as well.
func (c *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "sellerkey-cli",
		Short:         c.help("cli.short"),
		Long:          c.help("cli.long", "Releases", version.Releases, "Issues", version.Issues),
		Args:          noSuchCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		SilenceErrors: true,
		SilenceUsage:  true,
		CompletionOptions: cobra.CompletionOptions{
			DisableDefaultCmd: true,
		},
		PersistentPreRunE: func(*cobra.Command, []string) error { return c.checkFlags() },
	}
	root.SetIn(c.in)
	root.SetOut(c.Stdout)
	root.SetErr(c.Stderr)
	root.SetUsageTemplate(fmt.Sprintf(usageTemplate, c.help("cli.help.usage"), c.help("cli.help.commands"), c.help("cli.help.flags"), c.help("cli.help.global_flags")))
	root.SetHelpTemplate(helpTemplate)
	if !c.helping {
		root.SetHelpFunc(c.showHelp)
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return flagError(err) })

	flags := root.PersistentFlags()
	flags.StringVar(&c.dataDir, "data-dir", c.DataDir, c.help("cli.flag.data_dir"))
	flags.StringVar(&c.lang, "lang", "", c.help("cli.flag.lang"))
	flags.StringVar(&c.tokenURL, "token-url", "", c.help("cli.flag.test_url"))
	flags.StringVar(&c.spapiURL, "sp-api-url", "", c.help("cli.flag.test_url"))
	flags.StringVar(&c.consentOrigin, "consent-origin", "", c.help("cli.flag.test_url"))
	for _, name := range []string{"token-url", "sp-api-url", "consent-origin"} {
		_ = flags.MarkHidden(name)
	}

	root.AddCommand(c.list(), c.status(), c.token(), c.run(), c.export(), c.check(),
		c.authorize(), c.add(), c.set(), c.secret(), c.places(), c.backup(), c.restore(), c.forget(), c.doctor(), c.version(), c.completion(root), c.path())
	root.SetHelpCommand(&cobra.Command{Use: "help [COMMAND]", Short: c.help("cli.help.short"), RunE: func(_ *cobra.Command, args []string) error {
		found, _, err := root.Find(args)
		if err != nil {
			return &usageError{id: "cli.usage.no_command", value: strings.Join(args, " ")}
		}
		return found.Help()
	}})
	for _, command := range append(root.Commands(), root) {
		command.DisableFlagsInUseLine = true // "[flags]" is English, and they are listed below
		command.InitDefaultHelpFlag()
		command.Flags().Lookup("help").Usage = c.help("cli.flag.help")
		command.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if f.Value.Type() == "string" && !f.Hidden { // those of tests may be replaced
				f.Value = &once{Value: f.Value}
			}
		})
	}
	return root
}

// showHelp shows the help of a command that was made without its texts.
func (c *program) showHelp(cmd *cobra.Command, _ []string) {
	c.helping = true
	found, _, err := c.root().Find(strings.Fields(cmd.CommandPath())[1:])
	if err == nil {
		found.InitDefaultHelpFlag()
		_ = found.Help()
	}
}

func (c *program) checkFlags() error {
	if _, ok := i18n.Find(c.lang); c.lang != "" && !ok { // languageFlag used it before the flags were read
		return &usageError{"cli.usage.no_language", c.lang}
	}
	for name, value := range map[string]string{"token-url": c.tokenURL, "sp-api-url": c.spapiURL, "consent-origin": c.consentOrigin} {
		u, err := url.Parse(value)
		if value != "" && (err != nil || u.User != nil || u.Scheme != "http" && u.Scheme != "https" || !lwa.IsLoopback(u.Hostname())) {
			return &usageError{id: "cli.usage.not_local", value: "--" + name}
		}
	}
	return nil
}

// usageError is a command line that can't be carried out.
type usageError struct {
	id    string // of the text
	value string
}

func (e *usageError) Error() string { return "cli: " + e.id + ": " + e.value }

// once is a flag's value that refuses a second, different one: of two data
// folders, nobody could know which is meant.
type once struct {
	pflag.Value
	set bool
}

var errTwice = errors.New("cli: a flag with two values")

func (o *once) Set(s string) error {
	if o.set && s != o.String() {
		return errTwice
	}
	o.set = true
	return o.Value.Set(s)
}

func flagError(err error) error {
	var invalid *pflag.InvalidValueError
	var unknown *pflag.NotExistError
	var missing *pflag.ValueRequiredError
	switch {
	case errors.As(err, &unknown):
		return &usageError{"cli.usage.no_flag", unknown.GetSpecifiedName()}
	case errors.As(err, &missing):
		return &usageError{"cli.usage.no_value", missing.GetSpecifiedName()}
	case errors.Is(err, errTwice) && errors.As(err, &invalid):
		return &usageError{"cli.usage.twice", "--" + invalid.GetFlag().Name}
	}
	return &usageError{"cli.usage.bad_flag", err.Error()}
}

func noSuchCommand(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return &usageError{"cli.usage.no_command", args[0]}
	}
	return nil
}

func noArguments(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return &usageError{"cli.usage.too_many", args[0]}
	}
	return nil
}

func oneAccount(_ *cobra.Command, args []string) error {
	switch {
	case len(args) == 0:
		return &usageError{"cli.usage.no_account", ""}
	case len(args) > 1:
		return &usageError{"cli.usage.too_many", args[1]}
	}
	return nil
}

func (c *program) version() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: c.help("cli.version.short"), Args: noArguments,
		RunE: func(*cobra.Command, []string) error { return c.print("%s", versionText()) },
	}
}

func versionText() string { return version.Text("sellerkey-cli") + "\n" }

func (c *program) completion(root *cobra.Command) *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use: "completion SHELL", Short: c.help("cli.completion.short"), Long: c.help("cli.completion.long"), ValidArgs: shells,
		RunE: func(_ *cobra.Command, args []string) error {
			shell := strings.Join(args, " ")
			switch shell {
			case "bash":
				return root.GenBashCompletionV2(c.Stdout, true)
			case "zsh":
				return root.GenZshCompletion(c.Stdout)
			case "fish":
				return root.GenFishCompletion(c.Stdout, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(c.Stdout)
			}
			return &usageError{"cli.usage.no_shell", shell}
		},
	}
}

// usageTemplate takes four headings.
const usageTemplate = `%s
  {{if .HasAvailableSubCommands}}{{.CommandPath}} COMMAND{{else}}{{.UseLine}}{{end}}
{{- if .HasAvailableSubCommands}}

%s{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}}  {{.Short}}{{end}}{{end}}{{end}}
{{- if .HasAvailableLocalFlags}}

%s
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
{{- if .HasAvailableInheritedFlags}}

%s
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
`

const helpTemplate = `{{with (or .Long .Short)}}{{. | trimTrailingWhitespaces}}

{{end}}{{.UsageString}}`
