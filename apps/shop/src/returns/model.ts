export type ReturnReason = 'changed_mind' | 'wrong_size' | 'defective';

export interface ReturnLine {
  productId: string;
  quantity: number;
}

export interface Return {
  id: string;
  orderId: string;
  reason: ReturnReason;
  status: 'requested' | 'received' | 'refunded';
  lines: ReturnLine[];
  createdAt: string;
}
