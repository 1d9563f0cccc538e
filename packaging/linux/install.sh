#!/bin/sh
# Puts SellerKey into the menu of one user, or takes it out again. Needs no administrator.
#
#   ./install.sh            install for you
#   ./install.sh --remove   remove again; accounts and settings stay
set -eu
cd "$(dirname "$0")"

data=${XDG_DATA_HOME:-$HOME/.local/share}
bin=$HOME/.local/bin
case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
ja*)
	installed="インストールしました。アプリのメニューから「SellerKey」を開いてください。"
	terminal="端末でsellerkey-cliを使うには、次のフォルダーをPATHに追加してください："
	removed="削除しました。設定とアカウントの一覧は、次のフォルダーに残っています：" ;;
pt*)
	installed="Instalado. Abra o SellerKey pelo menu de aplicativos."
	terminal="Para usar o sellerkey-cli no terminal, adicione esta pasta ao PATH:"
	removed="Removido. As configurações e a lista de contas continuam em:" ;;
*)
	installed="Installed. Open SellerKey from the menu of applications."
	terminal="To use sellerkey-cli in a terminal, add this folder to the PATH:"
	removed="Removed. Settings and the list of accounts are still in:" ;;
esac

# What the desktop remembers of menu entries and types of files is made anew.
refresh() {
	if command -v update-mime-database >/dev/null; then update-mime-database "$data/mime" || true; fi
	if command -v update-desktop-database >/dev/null; then update-desktop-database "$data/applications" || true; fi
}

case ${1:-} in
"")
	(cd share && find . -type f) | while read -r file; do
		mkdir -p "$data/$(dirname "$file")"
		cp "share/$file" "$data/$file"
	done
	mkdir -p "$bin"
	for program in sellerkey sellerkey-cli; do
		cp "$program" "$bin/$program.new"
		chmod 755 "$bin/$program.new"
		mv "$bin/$program.new" "$bin/$program" # also while it is running
	done
	# The full path, because not every session looks into ~/.local/bin; quoted as menu entries are, but
	# only if it has to be: xdg-open outside the big desktops does not understand quotes.
	path=$(printf '%s' "$bin/sellerkey" | sed 's/[\\"`$]/\\\\&/g; s/%/%%/g')
	case $path in *[!A-Za-z0-9/._-]*) path="\"$path\"" ;; esac
	line="Exec=$path %u"
	sed "s|^Exec=.*|$(printf '%s' "$line" | sed 's/[\\&|]/\\&/g')|" share/applications/app.sellerkey.desktop \
		>"$data/applications/app.sellerkey.desktop"
	refresh
	echo "$installed"
	case :$PATH: in
	*:"$bin":*) ;;
	*) echo "$terminal $bin" ;;
	esac
	;;
--remove)
	(cd share && find . -type f) | while read -r file; do
		rm -f "$data/$file"
	done
	rm -f "$bin/sellerkey" "$bin/sellerkey-cli"
	refresh
	echo "$removed ${XDG_CONFIG_HOME:-$HOME/.config}/SellerKey"
	;;
*)
	sed -n '2,5s/^# \{0,1\}//p' "$0" >&2
	exit 2
	;;
esac
