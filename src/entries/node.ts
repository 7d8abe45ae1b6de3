// `slumberjs/node`: the strict HTTP/1.1 front for Node.

export {
  requestListener,
  serve,
  type FetchHandler,
  type FetchObject,
  type FrontOptions,
  type ServeOptions,
  type Server,
} from '../node/index.ts'
