package paste

import (
	"slices"
	"strings"

	"github.com/sellerkey/sellerkey/internal/lazy"
)

// pageTexts are pieces of pages that have no error code, in lower case. All
// pieces of one row must be there.
func pageTexts() []struct {
	kind   Kind
	pieces []string
} {
	return []struct {
		kind   Kind
		pieces []string
	}{
		// Login with Amazon's page for Amazon Ads (PipedreamHQ/pipedream#21852).
		{LWAPage, []string{"lwa-invalid-parameter"}},
		{LWAPage, []string{"has not been whitelisted"}},
		{LWAPage, []string{"an unknown scope was requested"}},
		// An Individual plan, or a user without the right
		// (amzn/selling-partner-api-docs#901, #738).
		{PrimaryUserPage, []string{"primary user", "professional"}},
		{PrimaryUserPage, []string{"プライマリユーザー", "大口出品"}},
		{PrimaryUserPage, []string{"プライマリ", "大口"}},
		{PrimaryUserPage, []string{"usuário principal", "profissional"}},
		{PrimaryUserPage, []string{"usuario principal", "profissional"}},
		{PrimaryUserPage, []string{"not permitted to take this action"}},
		// A secondary user without Manage Authorized Partners (models#4642).
		{NoPermissionPage, []string{"do not have permission", "page"}},
		{NoPermissionPage, []string{"don't have permission", "page"}},
		{NoPermissionPage, []string{"do not have permission", "invalid access"}},
		{NoPermissionPage, []string{"do not have access to this page"}},
		{NoPermissionPage, []string{"ページ", "表示", "権限"}},
		{NoPermissionPage, []string{"権限がありません"}},
		{NoPermissionPage, []string{"não tem autorização", "página"}},
		{NoPermissionPage, []string{"não tem acesso", "página"}},
		{NoPermissionPage, []string{"ページ", "アクセス", "権限"}},
		{NoPermissionPage, []string{"permissão", "página"}},
		{NoPermissionPage, []string{"permissao", "pagina"}},
		// The old form for MWS developers (amzn/selling-partner-api-docs#475).
		{MWSPage, []string{"mws", "developer id"}},
		{MWSPage, []string{"mws", "developer account number"}},
		{MWSPage, []string{"mws", "開発者id"}},
		{MWSPage, []string{"mws", "id do desenvolvedor"}},
		{MWSPage, []string{"authorize new developer"}},
		// Trouble at Amazon, for everybody at once (models#4997).
		{OutagePage, []string{"security token included in the request is expired"}},
		// The button on the way to an app's login URI (amzn/selling-partner-api-docs#517).
		{LogInPage, []string{"log in to", "authoriz", "app"}},
		{LogInPage, []string{"にログイン", "認可", "アプリ"}},
		{LogInPage, []string{"entrar em", "autoriz", "aplicativo"}},
		// The same page as that of a code, copied without its last line (docs#2021).
		{CodelessPage, []string{"encountered an error while processing your request"}},
		{CodelessPage, []string{"リクエストの処理中にエラーが発生しました"}},
		{CodelessPage, []string{"encontramos um erro ao processar"}},
	}
}

// done matches a provider's page that says, in one of three languages, that the
// authorization or connection succeeded (manual.next-engine.net ID 54576); unrelated
// matches pages that say so of a payment or a device.
var (
	done = lazy.Regexp(`(認可|認証|連携|承認|許可|接続|トークンの取得|トークンの発行)(処理|手続き|設定|登録)?[がはに]? ?(完了|成功)(しました|です|済|画面|。|！|!| |$)` +
		`|(authori[sz]ation|authentication|connection|integration|linking)( is| was| has been)?( now)? (complete|success)` +
		`|success(fully)?[ !:,]+(authori[sz]ed|authenticated|connected|linked|integrated)` +
		`|(authori[sz]ed|authenticated|connected|linked|integrated) success` +
		`|(account|store|shop|amazon)\b.{0,30} (is|is now|has been|was) (success\w+ )?(authori[sz]ed|connected|linked|integrated)` +
		`|(authori[sz]ed|connected|linked)\b.{0,30}you (can|may)( now)? close this|thank you for (authori[sz]ing|connecting|linking)` +
		`|(autoriza[çc][ãa]o|autentica[çc][ãa]o|integra[çc][ãa]o|conex[ãa]o|vincula[çc][ãa]o)( \w+)?( foi)? (conclu[íi]da|finalizada|realizada|feita|com sucesso)` +
		`|(autorizad|conectad|vinculad|integrad)[oa]s? com sucesso|(conta|loja)\b.{0,30} (foi|está) (autorizad|conectad|vinculad|integrad)a`)
	unrelated = lazy.Regexp(`支払|注文|本人|カード|保育|payment|order|purchase|card|bluetooth|wi-?fi|pagamento|pedido|compra|cartão`)
)

// copyWords ask to copy something from a page into settings.
func copyWords() []string {
	return []string{"コピー", "貼り付け", "入力して", "copy", "paste", "copie", "cole ", "settings", "設定画面"}
}

// FindPage names an Amazon page without an error code, or a provider's page
// that ends the walk, by its text. Sentences of the page of an error code are
// for [FindAmazonError].
func FindPage(text string) (Kind, bool) {
	lower := foldPage(text)
	if findCredentials(text).refresh {
		if slices.ContainsFunc(copyWords(), func(w string) bool { return strings.Contains(lower, w) }) {
			return ProviderToken, true
		}
		return "", false
	}
	for _, row := range pageTexts() {
		if !slices.ContainsFunc(row.pieces, func(p string) bool { return !strings.Contains(lower, p) }) {
			return row.kind, true
		}
	}
	if done().MatchString(lower) && !unrelated().MatchString(lower) {
		return ProviderDone, true
	}
	return "", false
}
