package export

import (
	"encoding/json"
	"strconv"
	"strings"
)

// tokenURL is the token endpoint of every region.
const tokenURL = "https://api.amazon.com/auth/o2/token"

// code is a piece of a program: what the library's own manual shows, with
// placeholders for the values.
type code struct {
	template string
	quote    func(string) string // writes a string literal
	sandbox  string              // {if_sandbox} for a sandbox app; nothing for others
}

// render fills in the placeholders. {client_id}, {client_secret} and
// {refresh_token} become literals; the others are the program's own values and
// need no quoting.
func (c code) render(p plain) (string, error) {
	sandbox := ""
	if p.sandbox {
		sandbox = strings.ReplaceAll(c.sandbox, "{endpoint}", p.endpoint().URL())
	}
	return strings.NewReplacer(
		"{client_id}", c.quote(p.clientID),
		"{client_secret}", c.quote(p.clientSecret),
		"{refresh_token}", c.quote(p.refreshToken),
		"{region}", string(p.region),
		"{REGION}", strings.ToUpper(string(p.region)),
		"{endpoint}", p.endpoint().URL(),
		"{if_sandbox}", sandbox,
		"{token_url}", tokenURL,
	).Replace(c.template), nil
}

func nodeCode() code {
	return code{`const SellingPartner = require('amazon-sp-api');

const spClient = new SellingPartner({
  region: '{region}',
  refresh_token: {refresh_token},
  credentials: {
    SELLING_PARTNER_APP_CLIENT_ID: {client_id},
    SELLING_PARTNER_APP_CLIENT_SECRET: {client_secret}
  }{if_sandbox}
});
`, singleQuoted, ",\n  options: { use_sandbox: true }"}
}

func phpCode() code {
	return code{`use SellingPartnerApi\SellingPartnerApi;
use SellingPartnerApi\Enums\Endpoint;

$connector = SellingPartnerApi::seller(
    clientId: {client_id},
    clientSecret: {client_secret},
    refreshToken: {refresh_token},
    endpoint: Endpoint::{REGION}{if_sandbox},
);
`, singleQuoted, "_SANDBOX"}
}

// amazonPython names the region because the SDK's default is the sandbox, which is
// North America's unless an endpoint is named.
func amazonPython() code {
	return code{`from spapi import SPAPIConfig, SPAPIClient

config = SPAPIConfig(
    client_id={client_id},
    client_secret={client_secret},
    refresh_token={refresh_token},
    region='{REGION}',
)
client = SPAPIClient(config{if_sandbox})
`, singleQuoted, ", endpoint='{endpoint}'"}
}

// amazonJS is the configuration file of the SDK's sample, which names the
// endpoint spApiNAEndpoint in every region.
func amazonJS() code {
	return code{`export const AppConfig = {
    lwaClientId: {client_id},
    lwaClientSecret: {client_secret},
    lwaRefreshToken: {refresh_token},
    spApiNAEndpoint: '{endpoint}'
}
`, singleQuoted, ""}
}

func amazonJava() code {
	return code{`LWAAuthorizationCredentials lwaAuthorizationCredentials = LWAAuthorizationCredentials.builder()
    .clientId({client_id})
    .clientSecret({client_secret})
    .refreshToken({refresh_token})
    .endpoint("{token_url}")
    .build();
`, doubleQuoted, ""}
}

func amazonCSharp() code {
	return code{`var lwaAuthorizationCredentials = new LWAAuthorizationCredentials
{
    ClientId = {client_id},
    ClientSecret = {client_secret},
    RefreshToken = {refresh_token},
    Endpoint = new Uri("{token_url}")
};
`, doubleQuoted, ""}
}

func amazonPHP() code {
	return code{`use SpApi\AuthAndAuth\LWAAuthorizationCredentials;

$lwaAuthorizationCredentials = new LWAAuthorizationCredentials([
    'clientId' => {client_id},
    'clientSecret' => {client_secret},
    'refreshToken' => {refresh_token},
    'endpoint' => '{token_url}',
]);
`, singleQuoted, ""}
}

func goAmzapi() code {
	return code{`sellingPartner, err := sp.NewSellingPartner(&sp.Config{
	ClientID:     {client_id},
	ClientSecret: {client_secret},
	RefreshToken: {refresh_token},
})
`, strconv.Quote, ""}
}

// goFond writes the endpoint as a URL: its constant was renamed between
// versions, and the type accepts any string.
func goFond() code {
	return code{`client, err := sp_api.NewClient(sp_api.Config{
	ClientID:     {client_id},
	ClientSecret: {client_secret},
	RefreshToken: {refresh_token},
	Endpoint:     "{endpoint}",
})
`, strconv.Quote, ""}
}

// asJSON uses the names of Amazon's token endpoint where it has one.
func asJSON(p plain) (string, error) {
	content := struct {
		ClientID      string `json:"client_id"`
		ClientSecret  string `json:"client_secret"`
		RefreshToken  string `json:"refresh_token"`
		SellerID      string `json:"seller_id,omitempty"`
		Marketplace   string `json:"marketplace,omitempty"`
		MarketplaceID string `json:"marketplace_id,omitempty"`
		Region        string `json:"region,omitempty"`
		Endpoint      string `json:"endpoint,omitempty"`
		Sandbox       bool   `json:"sandbox,omitempty"`
	}{
		ClientID: p.clientID, ClientSecret: p.clientSecret, RefreshToken: p.refreshToken,
		SellerID: p.sellerID, Marketplace: p.marketplace, MarketplaceID: p.marketplaceID, Region: string(p.region), Sandbox: p.sandbox,
	}
	if p.region != "" {
		content.Endpoint = p.endpoint().URL()
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(content)
	return b.String(), err
}
