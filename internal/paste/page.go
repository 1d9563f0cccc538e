package paste

import (
	"slices"
	"strings"
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
		{NoPermissionPage, []string{"アクセス権限がありません"}},
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
		// Providers that finish by themselves (manual.next-engine.net ID 54576).
		{ProviderDone, []string{"認可", "完了"}},
		{ProviderDone, []string{"認証が完了"}},
		{ProviderDone, []string{"連携", "完了"}},
		{ProviderDone, []string{"authorization", "complete"}},
		{ProviderDone, []string{"successfully authorized"}},
		{ProviderDone, []string{"successfully connected", "amazon"}},
		{ProviderDone, []string{"successfully linked", "amazon"}},
		{ProviderDone, []string{"account is now linked"}},
		{ProviderDone, []string{"account is now connected"}},
		{ProviderDone, []string{"connected", "you can close this"}},
		{ProviderDone, []string{"authorized", "you can close this"}},
		{ProviderDone, []string{"you may close this", "amazon"}},
		{ProviderDone, []string{"autorização", "concluída"}},
		{ProviderDone, []string{"autorizacao", "concluida"}},
		{ProviderDone, []string{"conta", "conectada", "sucesso"}},
		{ProviderDone, []string{"conta", "vinculada", "sucesso"}},
		{ProviderDone, []string{"integração", "concluída"}},
	}
}

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
	return "", false
}

// foldPage makes the text of a page easy to compare: lower case, plain letters
// and apostrophes, single blanks.
func foldPage(text string) string {
	var m marks
	text = strings.ToLower(foldCharacters(text[:min(len(text), maxPaste)], &m))
	text = strings.NewReplacer("’", "'", "‘", "'", "`", "'").Replace(text)
	return strings.Join(strings.Fields(text), " ")
}
