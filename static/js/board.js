// What the shared part of a board cannot know: which row is the viewer's, and how rows move.
