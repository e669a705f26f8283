terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region = var.region
}

data "aws_caller_identity" "current" {}
data "aws_region" "current" {}

locals {
  prefix    = "shop-${var.environment}"
  functions = { echo = "echo.handler", authorize = "authorize.handler" }
}

module "function" {
  source   = "./modules/function"
  for_each = local.functions

  name      = "${local.prefix}-${each.key}"
  handler   = each.value
  queue_url = each.key == "echo" ? aws_sqs_queue.events.url : null
}

resource "aws_sqs_queue" "dead" {
  name = "${local.prefix}-dead"
}

resource "aws_sqs_queue" "events" {
  name = "${local.prefix}-events"
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead.arn
    maxReceiveCount     = 4
  })
}

module "orders" {
  source = "./modules/orders"

  name                  = "${local.prefix}-orders"
  account_id            = data.aws_caller_identity.current.account_id
  region                = data.aws_region.current.name
  queue                 = { name = aws_sqs_queue.events.name, arn = aws_sqs_queue.events.arn }
  echo_invoke_arn       = module.function["echo"].invoke_arn
  authorizer_invoke_arn = module.function["authorize"].invoke_arn
  stages                = ["blue", "green"]
}

module "catalog" {
  source = "./modules/catalog"
  count  = var.with_catalog ? 1 : 0

  name        = "${local.prefix}-catalog"
  backend_url = var.backend_url
}

output "orders_url" {
  value = module.orders.urls["blue"]
}
