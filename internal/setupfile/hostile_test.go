package setupfile

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/internal/value"
)

// set changes one entry of a good file.
func set(entry, text string) File {
	f := good()
	switch {
	case entry == "provider":
		f.Provider = text
	case entry == "support":
		f.Support = text
	case entry == "redirect_uri":
		f.RedirectURI = text
	case entry == "registration_page":
		f.RegistrationPage = text
	case entry == "state":
		f.State = text
	default: // a label for the value of this name
		f.Boxes = []Box{{value.ID(entry), map[string]string{"en": text}}}
	}
	return f
}

// TestHostile: files that try to pass for something else. Each is refused for
// the right reason.
func TestHostile(t *testing.T) {
	for kind, rows := range map[Kind][][2]string{
		KindLookalike: {
			{"provider", "Аmazon Seller Support"}, // Cyrillic А
			{"provider", "Ɑmazon Support"},        // Latin alpha
			{"provider", "ꓮꓟꓮꓜꓳꓠ"},                // Lisu
			{"provider", "Αmazon"},                // Greek
			{"provider", "SеllerKey"},             // Cyrillic е
			{"provider", "𝐀mazon"},                // mathematical
			{"provider", "ᴀmazon"},                // small capital
			{"provider", "Amazoո"},                // Armenian
			{"provider", "Аmаzоn"},                // Cyrillic vowels
			{"provider", "Seller\u2060Key"},
			{"provider", "Ⓐmazon"},
			{"provider", "Tools\u0336"},         // a stroke over the letter before
			{"refresh_token", "Sellеr ID"},      // Cyrillic е
			{"refresh_token", "Merchant Τoken"}, // Greek Τ
			{"seller_id", "Label꞉ Refresh token"},
			{"seller_id", "Label∶ Refresh token"},
			{"seller_id", "ıD"},
			{"support", "https://tools.examplе/help"},
		},
		KindHidden: {
			{"provider", "Tools\u202eelpmaxe"},
			{"provider", "To\u200bols"},
			{"refresh_token", "Refresh\u00adtoken"},
			{"refresh_token", "Seller\ufeffID"},
			{"seller_id", "セラー\u3164ID"},
			{"seller_id", "a\U000e0041"},
		},
		KindClaimsAmazon: {
			{"provider", "Amazon"},
			{"provider", "AMAZON Japan"},
			{"provider", "Official Amazon"},
			{"provider", "公式アマゾン"},
			{"provider", "Amaz0n"},
			{"provider", "Am4zon Support"},
			{"provider", "A m a z o n"},
			{"provider", "A.m.a.z.o.n Support"},
			{"provider", "Ａｍａｚｏｎ"},
			{"provider", "ｱﾏｿﾞﾝ出品サポート"},
			{"provider", "Àmázôn"},
			{"provider", "Arnazon"},
			{"provider", "MyAmazon"},
			{"provider", "The Amazon Team"},
			{"provider", "Suporte da Amazon"},
			{"provider", "Seller Central Support"},
			{"provider", "セラーセントラル"},
			{"provider", "SellerKey"},
			{"provider", "Seller-Key Team"},
			{"provider", "Se11erKey"},
			{"provider", "SellerKey Support"},
			{"provider", "The SellerKey Team"},
			{"provider", "Official Ama-zon"},
			{"provider", "あまぞん"},
			{"provider", "亚马逊"},
			{"provider", "아마존"},
			{"provider", "SeIIerKey"},
			{"provider", "Suporte Amazon"},
			{"provider", "Amaz()n"},
			{"provider", "Official Tools for Amazon"},
			{"provider", "for Amazon"},
			{"provider", "Amazon対応"},
			{"provider", "Amazon　公式"},
			{"provider", "Vendor Central"},
		},
		KindLabelMisleads: {
			{"refresh_token", "Merchant Token"},
			{"refresh_token", "Merchant  Token"},
			{"refresh_token", "MERCHANT TOKEN"},
			{"refresh_token", "merchant_token"},
			{"refresh_token", "Seller ID (no token needed)"},
			{"refresh_token", "Seller ID (not a secret)"},
			{"refresh_token", "Seller  ID"},
			{"refresh_token", "Se11er ID"},
			{"refresh_token", "SellerID"},
			{"refresh_token", "seller-id"},
			{"refresh_token", "出品者番号"},
			{"refresh_token", "出品者トークン"},
			{"refresh_token", "マーチャントトークン"},
			{"refresh_token", "ﾏｰﾁｬﾝﾄﾄｰｸﾝ"},
			{"refresh_token", "マ一チャントト一クン"}, // kanji 一
			{"refresh_token", "Código do vendedor"},
			{"refresh_token", "Codigo do vendedor"},
			{"refresh_token", "Token do comerciante"},
			{"refresh_token", "ID do vendedor"},
			{"refresh_token", "Merchant token: Seller ID"},
			{"refresh_token", "Merchant token: Seller ID — Refresh token"},
			{"refresh_token", "Seller number"},
			{"refresh_token", "Seller I.D."},
			{"refresh_token", "Merchant-Token"},
			{"refresh_token", "S e l l e r  I D"},
			{"refresh_token", "Nº do vendedor"},
			{"refresh_token", "Usuário"},
			{"refresh_token", "ショップ名"},
			{"client_secret", "Value (not a secret)"},
			{"client_secret", "Public key"},
			{"refresh_token", "秘密ではない値"},
			{"refresh_token", "Não é segredo"},
			{"refresh_token", "Your name"},
			{"refresh_token", "E-mail"},
			{"refresh_token", "メールアドレス"},
			{"refresh_token", "セラーＩＤ"},
			{"client_secret", "Client ID"},
			{"client_secret", "Client ID (not the secret)"},
			{"client_secret", "Application ID"},
			{"client_secret", "クライアントID"},
			{"client_secret", "Identificador de cliente"},
			{"access_token", "Seller ID"},
			{"access_token", "Merchant Token (no access token)"},
		},
		KindLinkNotASCII: {
			{"redirect_uri", "https://sellercentral.аmazon.co.jp/"}, // Cyrillic а
			{"redirect_uri", "https://tools.example/\u202egnp.elpmaxe"},
			{"redirect_uri", "https://tools.example/\u200b"},
			{"redirect_uri", "https://１２７.０.０.１/"},
			{"redirect_uri", "https://日本.example/"},
			{"registration_page", "https://tools．example/"},
			{"registration_page", "https://tools.example∕register"},
		},
		KindBadLink: {
			{"redirect_uri", "https://tools.example:0/"},
			{"redirect_uri", "https://tools.example:99999/"},
			{"registration_page", "https://tools.example:99999/"},
			{"redirect_uri", "https://tools.example:/"},
			{"redirect_uri", `https://tools.example\@evil.example/`},
			{"registration_page", "https://tools/"},
			{"redirect_uri", "https://tools..example/"},
			{"redirect_uri", "https://-tools.example/"},
		},
		KindLinkLocal: {
			{"redirect_uri", "https://localhost/cb"},
			{"redirect_uri", "https://127.0.0.1/cb"},
			{"registration_page", "https://127.0.0.1.nip.io/"},
			{"registration_page", "https://tools.10-0-0-1.sslip.io/"},
			{"registration_page", "https://7f000001.nip.io/"},
			{"registration_page", "https://app.localtest.me/"},
			{"redirect_uri", "https://printer.local/"},
			{"registration_page", "https://wiki.corp.internal/"},
			{"registration_page", "https://[::1]/"},
			{"registration_page", "https://10.0.0.1/"},
			{"registration_page", "https://app.lvh.me/"},
		},
		KindLinkHasUserInfo: {
			{"redirect_uri", "https://amazon.co.jp@evil.example/"}, {"registration_page", "https://sellercentral.amazon.co.jp:443@evil.example/"},
		},
		KindLinkNotHTTPS: {
			{"redirect_uri", "http://tools.example/"}, {"redirect_uri", "javascript:alert(1)"}, {"registration_page", "//tools.example/"},
		},
		KindLinkLookalike: {
			{"registration_page", "https://sellercentral.amazon.co.jp.account-check.example/"},
			{"registration_page", "https://amazon.co.jp-login.example/"},
			{"registration_page", "https://xn--mazon-3ve.com/"},
			{"registration_page", "https://amaz0n.example/"},
			{"registration_page", "https://www.arnazon.example/"},
			{"registration_page", "https://amazon-com.example/"},
			{"registration_page", "https://seller-central.example/"},
			{"registration_page", "https://sellercentral-jp.example/"},
			{"redirect_uri", "https://vendorcentral.amazon.com.evil.example/"},
			{"redirect_uri", "https://xn--80ak6aa92e.com/"},
			{"support", "help@amazon.co.jp-support.example"},
			{"support", "help@amaz0n.example"},
			{"registration_page", "https://login.amazon.de.tools.example/"},
			{"registration_page", "https://se11erkey.example/"},
		},
		KindSecretInside: {
			{"seller_id", "Atzr=7CEXAMPLE"},
			{"seller_id", `Atzr\|EXAMPLE`},
			{"seller_id", "Atzr%257CEXAMPLE"},
			{"seller_id", "Atzr&vert;EXAMPLE"},
			{"seller_id", "Atzr&#124;EXAMPLE"},
			{"seller_id", "Atzr&#x7c;EXAMPLE"},
			{"seller_id", `Atzr\u007cEXAMPLE`},
			{"seller_id", `Atzr\x7cEXAMPLE`},
			{"seller_id", "Atzr│EXAMPLE"},
			{"seller_id", "Atzr｜EXAMPLE"},
			{"seller_id", "A\u0074zr|EXAMPLE"},
			{"seller_id", "xAtzr|EXAMPLE"},
			{"seller_id", "Atzr | EXAMPLE"},
			{"seller_id", "atzr%7cEXAMPLE"},
			{"state", "QXR6cnxFWEFNUExF"},
			{"state", strings.Repeat("0a", 32)},
			{"state", "x" + strings.Repeat("0a", 32)},
			{"seller_id", "シークレット：a1b2c3d4e5f6a7b8"},
			{"seller_id", "segredo: a1b2c3d4e5f6a7b8"},
			{"seller_id", "senha = a1b2c3d4e5f6a7b8"},
			{"seller_id", "トークンは「a1b2c3d4e5f6a7b8」"},
		},
	} {
		for _, row := range rows {
			problems := Rules{}.check(set(row[0], row[1]))
			if !slices.ContainsFunc(problems, func(p Problem) bool { return p.Kind == kind }) &&
				!(kind == KindLookalike && slices.ContainsFunc(problems, func(p Problem) bool { return p.Kind == KindHidden })) {
				t.Errorf("%s %q: %s, want %s", row[0], row[1], say(problems), kind)
			}
		}
	}
}

// TestHonest: what providers really write passes without a warning about Amazon.
func TestHonest(t *testing.T) {
	for _, row := range [][2]string{
		{"provider", "Example Tools"},
		{"provider", "株式会社サンプル"},
		{"provider", "サンプル（在庫管理）Ver.2"},
		{"provider", "Ação & Cia. Ltda."},
		{"provider", "한국 셀러 도구"},
		{"provider", "样品科技"},
		{"provider", "Tools for Amazon Sellers"},
		{"provider", "Ferramentas para Amazon"},
		{"provider", "在庫くん Amazon対応版"},
		{"provider", "Amazônia Sistemas"},
		{"provider", "Lama Zone"},
		{"provider", "asiapacificmarketing"},
		{"provider", "Müller’s Shop – Tools™"},
		{"provider", "ＡＢＣ商事"},
		{"provider", "㈱サンプル"},
		{"provider", "𠮷野商店"},
		{"provider", "Seller Keyword Tools"},
		{"provider", "O'Neil \"Pro\" 100%"},
		{"support", "support@tools.example"},
		{"support", "https://tools.example/help"},
		{"support", "help@amazonia.example"},
		{"redirect_uri", "https://tools.example/callback?a=1"},
		{"redirect_uri", "https://tools.example:8443/cb"},
		{"redirect_uri", "https://app.tools.example/sp-api/amazon/callback"},
		{"registration_page", "https://tools.example/amazon/register"},
		{"registration_page", "https://xn--wgv71a119e.jp/"},
		{"registration_page", "https://abc.execute-api.us-east-1.amazonaws.com/x"},
		{"registration_page", "https://sellercentral.amazon.co.jp/apps/manage"},
		{"seller_id", "セラーID"},
		{"seller_id", "出品者トークン（Merchant Token）"},
		{"seller_id", "Seller ID:"},
		{"seller_id", "ID do vendedor (Seller ID) *"},
		{"seller_id", "① セラーＩＤ（必須）※"},
		{"seller_id", "Step 1: Seller ID"},
		{"code", "OAuthコード（5分以内）"},
		{"code", "Auth code [spapi_oauth_code]"},
		{"client_id", "LWA Client ID"},
		{"client_id", "クライアントＩＤ"},
		{"refresh_token", "Refresh token"},
		{"refresh_token", "Refresh_Token"},
		{"refresh_token", "リフレッシュトークン"},
		{"refresh_token", "Token de atualização"},
		{"refresh_token", "Refresh token (below the seller ID)"},
		{"refresh_token", "Step 3: Refresh token"},
		{"refresh_token", "Cole no campo o Refresh token"},
		{"refresh_token", "Refresh token (LWA)"},
		{"client_secret", "Client secret – secreto"},
		{"access_token", "Access-Token"},
		{"refresh_token", "Refresh token: 貼り付けてください"},
		{"refresh_token", "Code 2"},
		{"refresh_token", "リフレッシュトークン（Atzrで始まる値）"},
		{"refresh_token", "Seller Refresh Token"},
		{"client_secret", "LWA Client Secret"},
		{"client_secret", "クライアントシークレット"},
		{"client_secret", "クライアントIDのシークレット"},
		{"client_secret", "Client Secret (not the Client ID)"},
		{"client_secret", "Segredo do Cliente"},
		{"client_secret", "クライアント機密情報"},
		{"access_token", "Access token"},
		{"access_token", "アクセストークン"},
	} {
		f := set(row[0], row[1])
		if problems := (Rules{}).check(f); len(problems) > 0 {
			t.Errorf("%s %q: %s", row[0], row[1], say(problems))
		}
		if slices.Contains(f.Remarks(), RemarkAmazonHost) {
			t.Errorf("%s %q: remarked on", row[0], row[1])
		}
	}
	if f := set("registration_page", "https://amazon.tools.example/"); len(Rules{}.check(f)) > 0 || !slices.Contains(f.Remarks(), RemarkAmazonHost) {
		t.Error("another's host with Amazon's name in it is not remarked on")
	}
}

// TestSecretsOverSeveralLines: in comments, where no parser puts them together.
func TestSecretsOverSeveralLines(t *testing.T) {
	good, err := good().Encode()
	if err != nil {
		t.Fatal(err)
	}
	hex := strings.Repeat("0a1b2c3d", 8)
	for name, comment := range map[string]string{
		"in two halves":   "# " + hex[:32] + "\n# " + hex[32:] + "\n",
		"in four pieces":  "# " + hex[:16] + "\n#   " + hex[16:32] + "\n# " + hex[32:48] + "\n# " + hex[48:] + "\n",
		"with a name":     "# our value " + hex[:40] + "\n# " + hex[40:] + "\n",
		"in groups":       "# " + hex[:8] + " " + hex[8:16] + "-" + hex[16:32] + " " + hex[32:] + "\n",
		"behind a letter": "# z" + hex + "\n",
		"a token's start": "# Atz\n# r|EXAMPLE\n",
		"as mail wraps":   "# Atz=\n# r|EXAMPLE\n",
		"in pairs":        "# " + strings.Repeat("0a 1b 2c 3d ", 8) + "\n",
	} {
		_, err := Read([]byte(comment + string(good)))
		if p := problemsOf(err); len(p) != 1 || p[0].Kind != KindSecretInside || p[0].Line < 1 || p[0].Line > strings.Count(comment, "\n") {
			t.Errorf("%s: %v", name, p)
		}
	}
	for name, comment := range map[string]string{
		"a date and a word": "# added 2026-11-28, faced cafe, decade by decade\n# dead beef\n",
		"a Git hash":        "# version 0a1b2c3d4e5f60718293a4b5c6d7e8f901234567\n",
	} {
		if _, err := Read([]byte(comment + string(good))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestThePageNamesItsTests: each promise of docs/setup-file.md names the test
// that holds it, and the test is there.
func TestThePageNamesItsTests(t *testing.T) {
	page, err := os.ReadFile("../../docs/setup-file.md")
	if err != nil {
		t.Fatal(err)
	}
	var tests strings.Builder
	for _, pattern := range []string{"*_test.go", "../../ui/setup_test.go"} {
		paths, _ := filepath.Glob(pattern)
		for _, path := range paths {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			tests.Write(data)
		}
	}
	_, refused, _ := strings.Cut(string(page), "## What SellerKey refuses\n")
	refused, _, _ = strings.Cut(refused, "\n## ")
	for item := range strings.SplitSeq(refused, "\n- ") {
		names := regexp.MustCompile(`Test[A-Z]\w+`).FindAllString(item, -1)
		if len(names) == 0 {
			t.Errorf("no test is named for %q", item)
		}
		for _, name := range names {
			if !strings.Contains(tests.String(), "func "+name+"(") {
				t.Errorf("there is no %s", name)
			}
		}
	}
}
