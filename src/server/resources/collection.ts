// All rows of a model: the list, and POST to create one.

import type { Answer } from '../../http/index.ts'
import { readInput } from '../read-input.ts'
import { ListResource } from './list-resource.ts'

export class CollectionResource extends ListResource {
  get listUrl(): string {
    return this.model.url
  }

  override isAllowed(): boolean {
    if (this.exchange.method === 'POST') this.requirePermissions([this.model.permission('add')])
    return true
  }

  async POST(): Promise<Answer> {
    return await this.create(readInput(this.model, this.data(), { mode: 'create' }), true)
  }
}
