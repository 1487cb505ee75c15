# Passwords and the key of watch tokens are drawn by Secrets Manager and written once: neither plan nor state ever holds them.
# A new number of a version draws anew; docs/operations/rotation.md has the order in which nobody notices.

locals {
  secrets = {
    booking-database      = { length = 40, value = "password", with = { username = "booking" } }
    availability-database = { length = 40, value = "password", with = { username = "availability" } }
    watch-token           = { length = 64, value = "watch-token-key", with = {} }
  }
}

variable "secret_versions" {
  description = "Version of each secret, by name: booking-database, availability-database, watch-token. One more draws it anew."
  type        = map(number)
  default     = {}
}

ephemeral "aws_secretsmanager_random_password" "this" {
  for_each            = local.secrets
  password_length     = each.value.length
  exclude_punctuation = true
}

resource "aws_secretsmanager_secret" "this" {
  for_each                = local.secrets
  name                    = "${var.name}/${each.key}"
  kms_key_id              = aws_kms_key.this.arn
  recovery_window_in_days = var.deletion_protection ? 30 : 0
}

resource "aws_secretsmanager_secret_version" "this" {
  for_each  = local.secrets
  secret_id = aws_secretsmanager_secret.this[each.key].id
  secret_string_wo = jsonencode(merge(each.value.with, {
    (each.value.value) = ephemeral.aws_secretsmanager_random_password.this[each.key].random_password
  }))
  secret_string_wo_version = lookup(var.secret_versions, each.key, 1)
}
