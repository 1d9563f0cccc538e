package export

import (
	"slices"
	"strings"

	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/lwa"
)

// Environment is a set of environment variables under the names that a library
// reads, for a program that is run with the credentials.
type Environment struct {
	// Name is a stable identifier, for the command line.
	Name    string
	entries func(plain) ([]entry, error)
}

// Environments returns all sets. Their names are those of the repositories.
func Environments() []Environment {
	return []Environment{
		{"dotenv", commonEnvironment},
		{"python", pythonEnvironment}, // saleweaver/python-amazon-sp-api
		{"node", nodeProgram},         // amz-tools/amazon-sp-api
		{"php", laravelEnvironment},   // highsidelabs/laravel-spapi
		{"go", goEnvironment},         // fond-of-vertigo/amazon-sp-api
		{"mcp", mcpEnvironment},       // @amazon-sp-api-release/sp-api-dev-mcp
	}
}

// FindEnvironment returns the set of a name.
func FindEnvironment(name string) (Environment, bool) {
	for _, e := range Environments() {
		if e.Name == name {
			return e, true
		}
	}
	return Environment{}, false
}

// Variables returns the names of the variables.
func (e Environment) Variables() []string {
	entries, _ := e.entries(plain{
		clientID: "x", clientSecret: "x", refreshToken: "x", sellerID: "x", marketplace: "US", marketplaceID: "x", region: lwa.NorthAmerica,
	})
	var names []string
	for _, v := range entries {
		names = append(names, v.key)
	}
	return names
}

// Set returns NAME=value for each variable. Errors are [*Error].
func (e Environment) Set(v Values) ([]string, error) {
	p, err := v.open(needApp | needToken)
	if err != nil {
		return nil, err
	}
	entries, err := e.entries(p)
	if err != nil {
		return nil, err
	}
	var env []string
	for _, v := range entries {
		env = append(env, v.key+"="+v.value)
	}
	return env, nil
}

// SandboxSettings are the NAME=value pairs that [Environment.Set] has for a sandbox
// app only. One that is in the environment already, from a shell that was run with a
// sandbox app, would lead any other app's credentials to the sandbox.
func (e Environment) SandboxSettings() (settings []string) {
	ordinary := e.Variables()
	for _, region := range lwa.Regions() {
		entries, _ := e.entries(plain{region: region, sandbox: true})
		for _, v := range entries {
			if v.value != "" && !slices.Contains(ordinary, v.key) {
				settings = append(settings, v.key+"="+v.value)
			}
		}
	}
	return settings
}

// nodeProgram: the library reads the first two by itself; its constructor takes
// the others, which have no usual names.
func nodeProgram(p plain) ([]entry, error) {
	e, err := nodeEnvironment(p)
	e = append(e,
		entry{"LWA_REFRESH_TOKEN", value.RefreshToken, p.refreshToken},
		entry{"SP_API_REGION", ValueMarketplace, string(p.region)})
	if p.sandbox {
		e = append(e, entry{"SP_API_USE_SANDBOX", ValueMarketplace, "true"})
	}
	return e, err
}

func laravelEnvironment(p plain) ([]entry, error) {
	e := []entry{
		{"SPAPI_LWA_CLIENT_ID", value.ClientID, p.clientID},
		{"SPAPI_LWA_CLIENT_SECRET", value.ClientSecret, p.clientSecret},
		{"SPAPI_LWA_REFRESH_TOKEN", value.RefreshToken, p.refreshToken},
		{"SPAPI_ENDPOINT_REGION", ValueMarketplace, strings.ToUpper(string(p.region))},
	}
	if p.sandbox {
		e = append(e, entry{"SPAPI_SANDBOX", ValueMarketplace, "true"})
	}
	return e, nil
}

func goEnvironment(p plain) ([]entry, error) {
	return []entry{
		{"AMZN_CLIENT_ID", value.ClientID, p.clientID},
		{"AMZN_CLIENT_SECRET", value.ClientSecret, p.clientSecret},
		{"AMZN_REFRESH_TOKEN", value.RefreshToken, p.refreshToken},
	}, nil
}

// mcpEnvironment: Amazon's server reads the region, others the marketplace and
// the seller ID as well (bhavykhatri/amazon-seller-mcp).
func mcpEnvironment(p plain) ([]entry, error) {
	return append([]entry{
		{"SP_API_CLIENT_ID", value.ClientID, p.clientID},
		{"SP_API_CLIENT_SECRET", value.ClientSecret, p.clientSecret},
		{"SP_API_REFRESH_TOKEN", value.RefreshToken, p.refreshToken},
	}, placeEntries(p)...), nil
}

// mcpBlock is the "env" of a server in an assistant's configuration.
func mcpBlock(names func(plain) ([]entry, error)) func(plain) (string, error) {
	return func(p plain) (string, error) {
		entries, err := names(p)
		return `"env": ` + jsonObject(entries), err
	}
}
