cask "sellerkey" do
  version "@VERSION@"
  sha256 "@SHA256:sellerkey-@VERSION@-macos.dmg@"

  url "@HOME@/releases/download/v#{version}/sellerkey-#{version}-macos.dmg"
  name "SellerKey"
  desc "Get and renew your own Selling Partner API tokens"
  homepage "@HOME@"

  livecheck do
    url :url
    strategy :github_latest
  end

  depends_on macos: ">= :monterey"

  app "SellerKey.app"
  binary "#{appdir}/SellerKey.app/Contents/MacOS/sellerkey-cli"

  zap trash: "~/Library/Application Support/SellerKey"
end
