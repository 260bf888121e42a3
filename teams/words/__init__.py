"""What readers see, in their language. Importing any of it lets the rules' sentences speak that language too."""

import teams.words.translation  # noqa: F401  it sets how sentences are said
