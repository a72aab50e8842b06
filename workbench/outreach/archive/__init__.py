"""The service file of a customer (服务档案, domain 1): how his tower looks after him, his channel, experts and their bookings."""
