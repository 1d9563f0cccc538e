package export

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/sellerkey/sellerkey/lwa"
)

// TestServerFormats: what each engine's reader makes of the text.
func TestServerFormats(t *testing.T) {
	v := sample()
	id, secret, token := v.ClientID, v.ClientSecret.Reveal(), v.RefreshToken.Reveal()
	common := map[string]string{
		"LWA_CLIENT_ID": id, "LWA_CLIENT_SECRET": secret, "LWA_REFRESH_TOKEN": token,
		"SP_API_SELLER_ID": v.SellerID, "SP_API_MARKETPLACE_ID": "A1VC38T7YXB528", "SP_API_REGION": "fe",
	}
	// The names that sp_api/base/credential_provider.py gets from the secret.
	python := map[string]string{"SP_API_REFRESH_TOKEN": token, "LWA_APP_ID": id, "LWA_CLIENT_SECRET": secret}
	object := func(text string) (got map[string]string) {
		if err := json.Unmarshal([]byte(text), &got); err != nil {
			t.Error(err)
		}
		return got
	}
	for format, c := range map[string]struct {
		want map[string]string
		read func(text string) map[string]string
	}{
		"aws-secret": {python, object},
		"vault-kv":   {common, object},
		"k8s-secret": {common, func(text string) map[string]string {
			var s struct {
				APIVersion string `yaml:"apiVersion"`
				Kind, Type string
				Metadata   struct{ Name string }
				StringData map[string]string `yaml:"stringData"`
			}
			if err := yaml.Unmarshal([]byte(text), &s); err != nil || s.APIVersion != "v1" || s.Kind != "Secret" || s.Type != "Opaque" || s.Metadata.Name != "amazon-sp-api-shop-2" {
				t.Errorf("%v\n%s", err, text)
			}
			return s.StringData
		}},
		// Docker takes the rest of the line as it is.
		"env": {common, func(text string) map[string]string {
			got := make(map[string]string)
			for line := range strings.Lines(text) {
				key, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
				got[key] = value
			}
			return got
		}},
	} {
		x, ok := Find(format)
		if !ok {
			t.Fatalf("no format %s", format)
		}
		v.AccountName = "Shop_2"
		text, err := x.Render(v)
		if err != nil {
			t.Fatal(err)
		}
		got := c.read(text.Reveal())
		for key, value := range c.want {
			if got[key] != value {
				t.Errorf("%s: %s is %q", format, key, got[key])
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: %d entries, want %d", format, len(got), len(c.want))
		}
	}
}

// TestMCPBlocks: an assistant reads the block with each value under its name.
func TestMCPBlocks(t *testing.T) {
	v := sample()
	for id, prefix := range map[string]string{"mcp_sp_api": "SP_API_", "mcp_lwa": "LWA_"} {
		x, _ := Find(id)
		text, err := x.Render(v)
		if err != nil {
			t.Fatal(err)
		}
		var got struct{ Env map[string]string }
		if err := json.Unmarshal([]byte("{"+text.Reveal()+"}"), &got); err != nil {
			t.Fatal(err)
		}
		want := map[string]string{
			prefix + "CLIENT_ID": v.ClientID, prefix + "CLIENT_SECRET": v.ClientSecret.Reveal(), prefix + "REFRESH_TOKEN": v.RefreshToken.Reveal(),
			"SP_API_SELLER_ID": v.SellerID, "SP_API_MARKETPLACE_ID": "A1VC38T7YXB528", "SP_API_REGION": "fe",
		}
		if !maps.Equal(got.Env, want) {
			t.Errorf("%s: %v", id, slices.Sorted(maps.Keys(got.Env)))
		}
	}
}

func TestServerFormatsWithOddValues(t *testing.T) {
	for _, x := range ServerFormats() {
		v := nasty("end")
		v.AccountName = "shop"
		text, err := x.Render(v)
		switch {
		case x.ID == "env":
			if KindOf(err) != KindQuotes {
				t.Error(err)
			}
		case err != nil:
			t.Error(x.ID, err)
		case x.ID == "k8s-secret":
			var s struct {
				StringData map[string]string `yaml:"stringData"`
			}
			if err := yaml.Unmarshal([]byte(text.Reveal()), &s); err != nil {
				t.Fatal(err)
			}
			same(t, v, s.StringData, "LWA_CLIENT_ID", "LWA_CLIENT_SECRET", "LWA_REFRESH_TOKEN")
		default:
			id, token := "LWA_CLIENT_ID", "LWA_REFRESH_TOKEN"
			if x.ID == "aws-secret" {
				id, token = "LWA_APP_ID", "SP_API_REFRESH_TOKEN"
			}
			same(t, v, readJSON(t, text.Reveal()), id, "LWA_CLIENT_SECRET", token)
		}
		if _, err := x.Render(Values{ClientID: "x", ClientSecret: lwa.NewSecret("x")}); KindOf(err) != KindMissing {
			t.Errorf("%s without a token: %v", x.ID, err)
		}
	}
}

func TestHandOver(t *testing.T) {
	cli := []string{"sellerkey-cli", "--data-dir", "/home/mika/it's here"}
	const export = `sellerkey-cli --data-dir '/home/mika/it'\''s here' export 4f2a --format `
	for id, want := range map[string]string{
		"aws-secret": export + "aws-secret --yes | aws secretsmanager create-secret --name amazon-sp-api-shop-2 --secret-string file:///dev/stdin",
		"vault-kv":   export + "vault-kv --yes | vault kv put -mount=secret amazon-sp-api-shop-2 -",
		"k8s-secret": export + "k8s-secret --name Shop_2 --yes | kubectl apply -f -",
		"env":        export + "env --yes | docker run --env-file /dev/stdin IMAGE",
		"dotenv":     "",
	} {
		x, _ := Find(id)
		if got, err := x.HandOver(cli, "4f2a", "Shop_2"); err != nil || got != want {
			t.Errorf("%s: %q %v", id, got, err)
		}
	}
	for _, bad := range []string{"楽しい店", "a b", "x;rm -rf", "-", strings.Repeat("a", 60), "$(id)"} {
		x, _ := Find("aws-secret")
		if got, err := x.HandOver(cli, "4f2a", bad); KindOf(err) != KindAccountName {
			t.Errorf("%q: %q", bad, got)
		}
		if got, err := AmazonServer(cli, "4f2a", bad); KindOf(err) != KindAccountName {
			t.Errorf("%q: %v", bad, got)
		}
	}
}
