package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sellerkey/sellerkey/lwa"
)

// Explain says what is known of a refusal: a title and, in lines, what to do. t
// gives the text of a message.
func (r *Reason) Explain(t func(id string, data ...any) string) (title, text string) {
	certain := r.Certain()
	switch {
	case len(r.Works) > 0:
		var regions, stores []string
		for _, a := range r.Works {
			regions = append(regions, t("taken.region_"+string(a.Region)))
		}
		for _, s := range r.Stores() {
			stores = append(stores, t("market."+s.Code))
		}
		title = t("forbidden.works_title", "Region", List(t, regions))
		if r.Sandbox {
			return title, t("forbidden.works_sandbox")
		}
		return title, t("forbidden.works", "Stores", List(t, stores))
	case certain == CauseRegion:
		return t("lwa.wrong_region.title"), t("lwa.wrong_region.todo")
	case certain != "":
		return t("lwa.role_missing.title"), t("forbidden.all_regions") + "\n" + t("forbidden."+string(certain))
	}
	lines := []string{t("forbidden.lead")}
	if len(r.Silent) == 0 {
		lines = slices.Insert(lines, 0, t("forbidden.all_regions"))
	} else {
		var silent []string
		for _, a := range r.Silent {
			silent = append(silent, t("forbidden.silent", "Region", t("taken.region_"+string(a.Region)), "Problem", t("lwa."+string(kindOf(a.Err))+".title")))
		}
		lines = slices.Concat(silent, []string{t("forbidden.open")}, lines)
	}
	for i, cause := range r.Causes {
		lines = append(lines, fmt.Sprintf("%d. %s", i+1, t("forbidden."+string(cause))))
	}
	return t("lwa.role_missing.title"), strings.Join(lines, "\n")
}

// Covered says which stores the authorization covers: a line for those of one name,
// of which an account in Europe can have 15, and the ones where the seller doesn't
// sell last.
func (r Result) Covered(t func(id string, data ...any) string) (lines []string) {
	for _, selling := range []bool{true, false} {
		var names []string
		markets := map[string][]lwa.Marketplace{}
		for _, s := range r.Stores() {
			if s.Selling != selling {
				continue
			}
			if markets[s.Name] == nil {
				names = append(names, s.Name)
			}
			markets[s.Name] = append(markets[s.Name], s.Marketplace)
		}
		for _, name := range names {
			line := Markets(t, markets[name])
			if name != "" {
				line = t("check.store", "Marketplace", line, "Store", name)
			}
			if !selling {
				line = t("check.not_selling", "Marketplace", line)
			}
			lines = append(lines, line)
		}
	}
	return lines
}

// Markets lists the names of marketplaces.
func Markets(t func(id string, data ...any) string, all []lwa.Marketplace) string {
	var names []string
	for _, m := range all {
		names = append(names, t("market."+m.Code))
	}
	return List(t, names)
}

// List puts names one after the other.
func List(t func(id string, data ...any) string, names []string) string {
	list := ""
	for i, name := range names {
		if i == 0 {
			list = name
		} else {
			list = t("list.more", "List", list, "Item", name)
		}
	}
	return list
}
