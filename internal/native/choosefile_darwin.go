package native

import "context"

// ChooseFile always returns [ErrNoFileWindow]: the toolkit's own window serves.
func ChooseFile(context.Context, FileQuestion) (string, error) { return "", ErrNoFileWindow }
