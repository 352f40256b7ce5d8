"""The story that `borderpass demo` tells: the main job, for real, on people who were drawn for it."""
