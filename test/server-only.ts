// What tests get for the package server-only, which throws wherever Next did not put it aside.
export {}
