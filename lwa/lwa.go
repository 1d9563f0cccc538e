// Package lwa is Login with Amazon as the Selling Partner API (SP-API) uses it.
//
//   - consent.go builds the link to Amazon's authorization page, and login.go
//     the one that continues from an app's login URI;
//   - client.go turns the code, a refresh token or an app's own credentials
//     into tokens ([Client]);
//   - kindtable.go says what every error means: who can solve it, and whether
//     trying again helps ([Kind]).
//
// It stores nothing and has no words for a screen. Errors have a kind, which is
// part of the ID of their message.
//
// Amazon's side is described at
// https://developer-docs.amazon.com/sp-api/docs/website-authorization-workflow
// and https://developer-docs.amazon.com/sp-api/docs/connecting-to-the-selling-partner-api.
package lwa
