// In place of the polyfill es6-promise/auto of @looker/chatty, see vite.config.ts.
export {}
