package cli

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/version"
	"github.com/sellerkey/sellerkey/lwa"
)

// root builds the tree of commands: only the command that args begin with, otherwise
// all. The man page and the completions are made from it as well.
func (c *program) root(args ...string) *cobra.Command {
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
	root.SetUsageFunc(c.showUsage)
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

	root.AddCommand(c.commands(root, args)...)
	root.SetHelpCommand(&cobra.Command{Use: "help [COMMAND]", Short: c.help("cli.help.short"), RunE: func(_ *cobra.Command, args []string) error {
		found, rest, err := root.Find(args)
		if err != nil || len(rest) > 0 {
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

// commands are the commands below root, or only the one that args begin with: a start
// needn't wait for the others to be made.
func (c *program) commands(root *cobra.Command, args []string) []*cobra.Command {
	type maker struct {
		name string
		make func() *cobra.Command
	}
	makers := []maker{
		{"list", c.list},
		{"status", c.status},
		{"token", c.token},
		{"run", c.run},
		{"export", c.export},
		{"check", c.check},
		{"authorize", c.authorize},
		{"add", c.add},
		{"set", c.set},
		{"secret", c.secret},
		{"places", c.places},
		{"backup", c.backup},
		{"restore", c.restore},
		{"forget", c.forget},
		{"doctor", c.doctor},
		{"version", c.version},
		{"completion", func() *cobra.Command { return c.completion(root) }},
		{"path", c.path},
	}
	if len(args) > 0 {
		if i := slices.IndexFunc(makers, func(m maker) bool { return m.name == args[0] }); i >= 0 {
			makers = makers[i : i+1]
		}
	}
	commands := make([]*cobra.Command, 0, len(makers))
	for _, m := range makers {
		commands = append(commands, m.make())
	}
	return commands
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

// showUsage prints what a command's help says below its description, with headings in
// the language of the help.
func (c *program) showUsage(cmd *cobra.Command) error {
	var text strings.Builder
	line := cmd.UseLine()
	if cmd.HasAvailableSubCommands() {
		line = cmd.CommandPath() + " COMMAND"
	}
	fmt.Fprintf(&text, "%s\n  %s\n", c.help("cli.help.usage"), line)
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&text, "\n%s\n", c.help("cli.help.commands"))
		for _, sub := range cmd.Commands() {
			if sub.IsAvailableCommand() {
				fmt.Fprintf(&text, "  %-*s  %s\n", sub.NamePadding(), sub.Name(), sub.Short)
			}
		}
	}
	flags := func(heading string, set *pflag.FlagSet) {
		if set.HasAvailableFlags() {
			fmt.Fprintf(&text, "\n%s\n%s\n", c.help(heading), strings.TrimRight(set.FlagUsages(), "\n"))
		}
	}
	flags("cli.help.flags", cmd.LocalFlags())
	flags("cli.help.global_flags", cmd.InheritedFlags())
	_, err := fmt.Fprint(cmd.OutOrStderr(), text.String())
	return err
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

func oneAccount(_ *cobra.Command, args []string) error { return one("cli.usage.no_account", args) }

// one takes a single argument; missing is what is said if there's none.
func one(missing string, args []string) error {
	switch {
	case len(args) == 0:
		return &usageError{missing, ""}
	case len(args) > 1:
		return &usageError{"cli.usage.too_many", args[1]}
	}
	return nil
}

func (c *program) version() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: c.help("cli.version.short"), Args: noArguments,
		RunE: func(*cobra.Command, []string) error { return c.printVersion() },
	}
}

func (c *program) printVersion() error { return c.print("%s\n", version.Text("sellerkey-cli")) }

func (c *program) completion(root *cobra.Command) *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use: "completion SHELL", Short: c.help("cli.completion.short"), Long: c.help("cli.completion.long"), ValidArgs: shells,
		Args: func(_ *cobra.Command, args []string) error { return one("cli.usage.which_shell", args) },
		RunE: func(_ *cobra.Command, args []string) error {
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(c.Stdout, true)
			case "zsh":
				return root.GenZshCompletion(c.Stdout)
			case "fish":
				return root.GenFishCompletion(c.Stdout, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(c.Stdout)
			}
			return &usageError{"cli.usage.no_shell", args[0]}
		},
	}
}
