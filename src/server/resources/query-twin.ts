// `POST …/-/query`: what QUERY does, for whatever blocks QUERY on its way.

import type { Answer } from '../../http/index.ts'
import { DataArrayResource } from './data-array.ts'
import { ListResource } from './list-resource.ts'

const methods: readonly string[] = ['POST', 'OPTIONS']

/** Of a collection. */
export class CollectionQueryResource extends ListResource {
  get listUrl(): string {
    return this.model.url
  }

  override get ownUrl(): string {
    return `${this.listUrl}/-/query`
  }

  override get methods(): readonly string[] {
    return methods
  }

  override async allowed(): Promise<readonly string[]> {
    const { closed } = await this.allowance()
    return closed.has('read') ? ['OPTIONS'] : methods
  }

  override get isWrite(): boolean {
    return false
  }

  /** It may be asked again, and what it answered is of those who may see it then. */
  override get idempotency(): undefined {
    return undefined
  }

  override get isQuery(): boolean {
    return this.exchange.method === 'POST'
  }

  override isAllowed(): boolean {
    this.requireView()
    return true
  }

  POST(): Promise<Answer> {
    return this.answerPage()
  }
}

/** Of a data array. */
export class DataArrayQueryResource extends DataArrayResource {
  override get ownUrl(): string {
    return `${this.listUrl}/-/query`
  }

  override get methods(): readonly string[] {
    return methods
  }

  override async allowed(): Promise<readonly string[]> {
    const { closed } = await this.allowance()
    return closed.has('read') ? ['OPTIONS'] : methods
  }

  override get isWrite(): boolean {
    return false
  }

  /** It may be asked again, and what it answered is of those who may see it then. */
  override get idempotency(): undefined {
    return undefined
  }

  override get isQuery(): boolean {
    return this.exchange.method === 'POST'
  }

  POST(): Promise<Answer> {
    return this.answerPage()
  }
}
