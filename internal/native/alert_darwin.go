package native

// Alert returns false: without a toolkit there is no message box here.
func Alert(string, string) bool { return false }
