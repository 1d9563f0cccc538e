package version

import "testing"

func TestText(t *testing.T) {
	const pages = "\nhttps://github.com/sellerkey/sellerkey/releases\nhttps://github.com/sellerkey/sellerkey/issues"
	if got, want := Text("program"), "program dev"+pages; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	number, commit, date = "1.2.3", "0123456789ab", "2026-01-31"
	t.Cleanup(func() { number, commit, date = "dev", "", "" })
	if got, want := Text("program"), "program 1.2.3 (0123456789ab, 2026-01-31)"+pages; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
