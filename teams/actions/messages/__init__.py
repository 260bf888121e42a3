"""Whatever leaves by mail or chat: who is told what, and when."""
